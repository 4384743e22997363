from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from referrals.models import Deadline, Guide, Option, Question
from tests.integration.directory.making import find, new_changes, stored

pytestmark = pytest.mark.django_db


def deadline(**fields: Any) -> Deadline:
    return Deadline(**{"slug": "soon", "law_de": "AGG § 15", "act_de": "fordern", "live": True} | fields)


def question(**fields: Any) -> Question:
    guide = Guide.objects.filter(slug="g").first() or Guide(slug="g")
    guide.save()
    given = {"guide": guide, "slug": "q", "dimension": "what", "text_de": "Was?", "live": True} | fields
    return Question(**given)


@pytest.mark.parametrize(
    ("applies", "is_fine"),
    [
        ({}, True),
        ({"what": ["insult"], "areas": ["jena"], "outside_areas": []}, True),
        ({"who": "landlord"}, True),
        ({"what": ["rain"]}, False),
        ({"weather": ["rain"]}, False),
        ({"areas": "jena"}, False),
        (["what"], False),
    ],
)
def test_a_deadline_applies_to_known_facts_only(applies: Any, is_fine: bool) -> None:
    found = deadline(applies=applies)
    if is_fine:
        found.full_clean(exclude=["title"])
    else:
        with pytest.raises(ValidationError, match=r"applies|referral|areas"):
            found.full_clean()


def test_a_deadline_names_its_law() -> None:
    with pytest.raises(ValidationError):
        deadline(law_de="").full_clean()
    deadline(law_de="", law_tr="AGG").full_clean()


@pytest.mark.parametrize("facts", [{"what": ["rain"]}, ["what"], {"weather": "rain"}])
def test_an_answer_states_known_facts_only(facts: Any) -> None:
    with pytest.raises(ValidationError):
        Option(slug="o", facts=facts).clean_fields(exclude=["question"])
    Option(slug="o", facts={"what": ["insult"]}).clean_fields(exclude=["question"])


@pytest.mark.parametrize("shown_if", [["what"], {"what": "insult"}, {"what": [1]}])
def test_a_condition_names_questions_and_options(shown_if: Any) -> None:
    with pytest.raises(ValidationError):
        question(shown_if=shown_if).clean_fields()
    question(shown_if={"what": ["", "insult"]}).clean_fields()


def test_slugs_stand_once() -> None:
    question().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        question().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        deadline(slug="").save()


@pytest.mark.django_db(transaction=True)
def test_each_write_leaves_one_row_with_its_children() -> None:
    asked = question()
    asked.options = [Option(slug="a"), Option(slug="b")]  # type: ignore[misc]
    with new_changes() as created:
        asked.save()
    with new_changes() as changed:
        child = asked.options.first()
        child.text_de = "Ja"
        child.save()
    with new_changes() as deleted:
        stored(asked).delete()
    rows = [created, changed, deleted]
    assert [[row for row in found if "question" in row[0]] for found in rows] == [
        [("referrals.question", "q", "create")],
        [("referrals.question", "q", "update")],
        [("referrals.question", "q", "delete")],
    ]


@pytest.mark.django_db(transaction=True)
def test_publishing_and_unpublishing_are_followed() -> None:
    found = deadline(live=False)
    found.save()
    with new_changes() as published, transaction.atomic():
        found.save_revision().publish()
    with new_changes() as unpublished, transaction.atomic():
        find(Deadline, "soon").unpublish()
    assert published == unpublished == [("referrals.deadline", "soon", "update")]


def test_an_old_revision_gives_every_language_back() -> None:
    found = deadline(act_en="claim", act_ar="طالب")
    found.save()
    old = found.save_revision()
    found.act_de, found.act_en = "zahlen", "pay"
    found.save()
    old.as_object().save()
    again = stored(found)
    assert (again.act_de, again.act_en, again.act_ar) == ("fordern", "claim", "طالب")


def test_they_are_called_by_their_words() -> None:
    assert str(deadline()) == "AGG § 15"
    assert str(deadline(law_de="")) == "soon"
    assert str(question()) == "Was?"
    assert [str(Option(slug="o")), str(Guide(slug="g"))] == ["o", "g"]
