import pytest

from referrals import guide_files, loading, queries
from referrals.models import Deadline, Guide, Option, Question
from tests.integration.directory.making import find, new_changes

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
    for asked in Question.objects.all():
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
