"""The members' first page, the staff's list, the mails and the cards go by one rule and never disagree."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from directory.cards import confirmed
from directory.members.home import House
from directory.members.standing import standings as of_members
from directory.models import Listing, Membership, Organisation
from directory.upkeep import asking
from directory.upkeep.due import Step, standings
from tests.integration.directory.making import person
from tests.integration.upkeep.keeping import days_ago, entry, house, keeps

TOLD = {"asked": Step.ASK, "reminded": Step.REMIND, "silent": Step.SILENT}


def due_for_members(found: Organisation) -> list[str]:
    membership = Membership.objects.get_or_create(organisation=found, user=person(f"of-{found.slug}"))[0]
    entries = House(membership, of_members(membership)).confirmable
    return [each.listing.slug for each in entries]


def step_for_staff(found: Organisation) -> Step | None:
    return next((each.step for each in standings(timezone.localdate()) if each.organisation == found), None)


def told_at_night(found: Organisation) -> list[Step]:
    return [TOLD[each.what] for each in asking.remind_owners(pretend=True, only=[found.slug])]


def says_that_nobody_answered(slug: str) -> bool:
    found = Listing.objects.select_related("organisation__upkeep").get(slug=slug)
    with translation.override("en"):
        return confirmed(found).startswith("Not confirmed since")


@pytest.mark.parametrize("months", [0, 1, 3, 6, 12])
@pytest.mark.parametrize("days", [None, 0, 20, 100, 181, 190, 400])
def test_as_often_as_the_organisation_is_asked(months: int, days: int | None) -> None:
    found = house(confirmed=days)
    keeps(found, every_months=months)
    step = step_for_staff(found)
    is_due = step is Step.ASK
    assert step in (Step.ASK, Step.FRESH, Step.NOT_ASKED)
    assert bool(due_for_members(found)) is is_due
    assert told_at_night(found) == [Step.ASK] * is_due
    assert not says_that_nobody_answered("house-0")


@pytest.mark.parametrize(
    ("asked", "reminded", "answered", "step"),
    [
        (5, None, None, Step.ASKED),
        (30, None, None, Step.REMIND),
        (30, 5, None, Step.REMINDED),
        (60, 30, None, Step.SILENT),
        (30, None, 2, Step.ANSWERED),  # what was sent waits for review
        (60, None, 30, Step.ASK),
    ],
)
def test_while_it_waits_for_an_answer(asked: int, reminded: Any, answered: Any, step: Step) -> None:
    found = house(confirmed=400)
    keeps(found, asked_on=days_ago(asked), reminded_on=days_ago(reminded), answered_on=days_ago(answered))
    assert step_for_staff(found) is step
    assert bool(due_for_members(found)) is (step is not Step.ANSWERED)
    assert told_at_night(found) == [step] * (step in TOLD.values())
    assert says_that_nobody_answered("house-0") is (step is Step.SILENT)


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"internal_only": True}, {"valid_until": timezone.localdate() - timedelta(days=1)}]
)
def test_nobody_is_asked_about_what_visitors_do_not_see(hidden: dict[str, Any]) -> None:
    found = house(entries=0)
    entry("hidden", found, confirmed=400, **hidden)
    assert step_for_staff(found) is None
    assert due_for_members(found) == told_at_night(found) == []


def test_what_is_public_is_the_same_for_one_and_for_many() -> None:
    today, hidden = timezone.localdate(), house("hidden", live=False)
    shown = house()
    for of in (hidden, shown):
        for number, fields in enumerate(
            ({}, {"live": False}, {"internal_only": True}, {"valid_until": today}, {"valid_until": days_ago(1)})
        ):
            entry(f"{of.slug}-x{number}", of, **fields)  # type: ignore[arg-type]
    public = {each.slug for each in Listing.objects.public(today)}
    assert public == {each.slug for each in Listing.objects.all() if each.is_public_on(today)}
    assert public == {"house-0", "house-x0", "house-x3"}
