import pytest

from referrals import guide_files, loading, note_files, queries
from referrals.cases import Case as PlainCase
from referrals.dimensions import Facts
from referrals.models import Case, Deadline, Guide, Note, Option, Question
from referrals.stored_cases import stored_cases
from tests.integration.directory.making import area, find, new_changes

pytestmark = pytest.mark.django_db

FOUND = {
    "slug": "soon",
    "law_de": "AGG § 15",
    "law_en": "AGG section 15",
    "act_de": "fordern",
    "period_iso": "P2M",
    "applies": {"what": ["insult"], "areas": ["jena"]},
    "unless_ground": ["age"],
    "sources": ["https://example.org"],
    "written_required": True,
}


def test_the_shipped_guide_comes_into_the_database_as_it_is() -> None:
    loading.load_guide()
    assert queries.load_guide("counselling") == guide_files.shipped()


def test_loading_twice_changes_nothing() -> None:
    loading.load_guide()
    loading.load_deadlines([FOUND])
    with new_changes() as rows:
        loading.load_guide()
        loading.load_deadlines([FOUND])
    assert rows == []
    assert Deadline.objects.count() == 1


def test_what_staff_changed_wins() -> None:
    loading.load_guide()
    loading.load_deadlines([FOUND])
    ours = find(Deadline, "soon")
    ours.period_iso = "P1M"
    ours.save()
    where = find(Question, "where")
    where.text_de = "Wo war das?"
    where.save()
    loading.load_guide()
    loading.load_deadlines([FOUND])
    assert find(Deadline, "soon").period_iso == "P1M"
    assert find(Question, "where").text_de == "Wo war das?"


def test_what_staff_deleted_does_not_come_back() -> None:
    loading.load_guide()
    loading.load_deadlines([FOUND])
    find(Deadline, "soon").delete()
    find(Question, "ground").delete()
    loading.load_guide()
    loading.load_deadlines([FOUND])
    assert not Deadline.objects.exists()
    assert "ground" not in Question.objects.values_list("slug", flat=True)
    for asked in Question.objects.reverse():  # what others depend on goes last
        asked.delete()
    Guide.objects.get().delete()
    loading.load_guide()
    assert not Guide.objects.exists()


def test_a_deadline_keeps_its_languages_and_conditions() -> None:
    loading.load_deadlines([FOUND, FOUND | {"slug": "later", "follows": "soon"}])
    soon, later = queries.load_rules().deadlines
    assert (soon.slug, later.slug, later.follows) == ("soon", "later", "soon")
    assert soon.law == {"de": "AGG § 15", "en": "AGG section 15"}
    assert (soon.applies.needs, soon.applies.areas) == ({"what": frozenset({"insult"})}, ("jena",))
    assert (soon.period, soon.written_required) == ("P2M", True)
    assert soon.unless_ground == {"age"}


def test_questions_and_answers_keep_their_order() -> None:
    loading.load_guide()
    shipped = guide_files.shipped().questions
    assert list(Question.objects.values_list("slug", flat=True)) == [each.slug for each in shipped]
    answers = Option.objects.filter(question__slug="where").values_list("slug", flat=True)
    assert list(answers) == [option.slug for option in shipped[1].options]


def test_the_shipped_notes_come_into_the_database_as_they_are() -> None:
    loading.load_notes()
    stored = queries.load_rules().notes
    assert sorted(stored, key=str) == sorted(note_files.shipped(), key=str)
    assert {note.kind for note in stored} == set(Note.Kind.values) == set(note_files.KINDS)


def test_notes_keep_their_order_within_a_kind() -> None:
    loading.load_notes()
    kept = [note.slug for note in note_files.shipped() if note.kind == "keep"]
    assert list(Note.objects.filter(kind="keep").values_list("slug", flat=True)) == kept


def test_a_note_that_staff_changed_or_deleted_stays_so() -> None:
    loading.load_notes()
    ours = find(Note, "way-talk")
    ours.text_de = "Einfach reden."
    ours.save()
    find(Note, "way-group").delete()
    with new_changes() as rows:
        loading.load_notes()
    assert rows == []
    assert find(Note, "way-talk").text_de == "Einfach reden."
    assert not Note.objects.filter(slug="way-group").exists()


def test_a_new_note_joins_those_that_are_there() -> None:
    loading.load_notes(note_files.shipped()[:2])
    loading.load_notes()
    assert Note.objects.count() == len(note_files.shipped())


def test_loaded_notes_are_valid_and_published() -> None:
    loading.load_notes()
    for note in Note.objects.all():
        note.full_clean()
        assert note.live


STATED = {"what": ["insult"], "place": "jena"}


def test_cases_come_once_and_those_of_staff_win() -> None:
    area("jena")
    case = PlainCase(
        "one",
        Facts.of(STATED, areas={"jena"}),
        stated=STATED,
        title="Jemand wird beleidigt.",
        open_at="22:30",
        expect_first=("advice",),
        must_show=("notice:gap",),
        source="a book",
    )
    loading.load_cases([case])
    assert stored_cases() == (case,)
    ours = find(Case, "one")
    ours.title = "Anders"
    ours.save()
    loading.load_cases([case])
    assert find(Case, "one").title == "Anders"
    ours.delete()
    loading.load_cases([case])
    assert stored_cases() == ()


def test_a_case_whose_place_is_gone_states_the_rest() -> None:
    Case(slug="one", title="x", facts={"what": ["insult"], "place": "atlantis"}).save()
    (case,) = stored_cases()
    assert case.facts == Facts.of({"what": ["insult"]})
