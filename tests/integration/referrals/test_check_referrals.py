"""The proofs as a command: what it says, and that it fails when something is wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from directory.models import CompetenceRow, ContactPoint, Listing, Organisation
from referrals import proofs, queries
from referrals.models import Case, Deadline, Question
from referrals.proofs import Proof
from tests.integration.directory.making import find
from tests.unit.referrals.situations import body, exclusion, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def run(**options: Any) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("check_referrals", stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def found(slug: str, *, quick: bool = True) -> tuple[str, ...]:
    wanted = [proof for proof in proofs.PROOFS if proof.slug == slug]
    [outcome] = proofs.examine(quick=quick, proofs=wanted)
    return outcome.found


def a_deadline() -> Any:
    return Deadline.objects.order_by("pk").first()


def case_with_a_first_body() -> Any:
    return Case.objects.exclude(expect_first=[]).order_by("slug").first()


def test_the_demo_holds(demo: None) -> None:
    code, out, err = run(json=True)
    told = json.loads(out)
    assert (code, told["ok"], told["faults"]) == (0, True, 0)
    assert [each["proof"] for each in told["proofs"]] == [proof.slug for proof in proofs.PROOFS]
    assert err.count("holds") == len(proofs.PROOFS)


def test_quick_leaves_out_what_takes_long(demo: None) -> None:
    _code, out, _err = run(json=True, quick=True)
    assert {each["proof"] for each in json.loads(out)["proofs"]} == {
        proof.slug for proof in proofs.PROOFS if proof.is_quick
    }
    assert {"hidden", "pairs"}.isdisjoint(each["proof"] for each in json.loads(out)["proofs"])


def test_before_anything_is_public_there_is_nothing_to_prove() -> None:
    assert run() == (0, "\n", "")


def test_a_fault_fails_the_command_and_is_said_in_words(demo: None) -> None:
    deadline = a_deadline()
    deadline.sources = []
    deadline.save()
    code, out, err = run(quick=True)
    assert code == 1
    assert f"“{deadline.slug}” lacks its law" in out
    assert "error" in out
    assert "1 found" in err


class TestCases:
    def test_one_that_leads_elsewhere(self, demo: None) -> None:
        case = case_with_a_first_body()
        case.expect_first = ["de-cura"]
        case.save()
        [sentence] = found("cases")
        assert "expected first: de-cura" in sentence
        assert str(case.title or case.slug) in sentence

    def test_all_that_can_be_wrong_is_named(self, demo: None) -> None:
        case = case_with_a_first_body()
        first = case.expect_first
        case.must_show, case.must_not_be_first = ["notice:emergency_first"], list(first)
        case.save()
        [sentence] = found("cases")
        assert "not shown: notice:emergency_first" in sentence
        assert "must never stand first" in sentence


class TestOverdue:
    def test_law_that_nobody_looked_at_is_told_but_does_not_fail(self, demo: None) -> None:
        deadline = a_deadline()
        deadline.check_by = timezone.localdate() - timedelta(days=1)
        deadline.save()
        [sentence] = found("overdue")
        assert deadline.slug in sentence
        assert deadline.check_by.isoformat() in sentence
        assert run(quick=True)[0] == 0

    def test_rules_of_listings_are_counted(self, demo: None) -> None:
        for late in CompetenceRow.objects.filter(listing__live=True)[:2]:
            late.check_by = date(2020, 1, 1)
            late.save()
        assert found("overdue") == ("Rules of listings that were to be checked by now: 2.",)


def test_a_missing_text_is_found(demo: None) -> None:
    what = find(Question, "what")
    what.text_tr = ""
    what.save()
    assert any("“what” is missing in: tr" in sentence for sentence in found("texts"))


def test_a_question_that_is_hidden_too_often_is_found(demo: None) -> None:
    office = find(Question, "office")
    office.shown_if = {"where": [slug for slug in office.shown_if["where"] if slug != "authorities"]}
    office.save()
    assert any("“office” is hidden" in sentence for sentence in found("hidden", quick=False))


@pytest.mark.parametrize("slug", ["situations", "pairs"])
def test_nobody_to_reach_is_found(demo: None, slug: str) -> None:
    ContactPoint.objects.all().delete()
    organisations: Any = Organisation.objects
    for organisation in organisations.exclude(website=""):
        organisation.website = ""
        organisation.save()
    assert Listing.objects.exists()
    assert len(found(slug, quick=False)) > 5


class TestWays:
    """On invented bodies beside the areas and the guide of the demo."""

    @pytest.fixture
    def there(self, demo: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        return lambda *bodies: monkeypatch.setattr(queries, "bodies", lambda: bodies)

    def test_a_body_that_no_answers_lead_to(self, there: Callable[..., None]) -> None:
        there(body("barred", row("duesseldorf"), exclusion()), body("reached", row("duesseldorf")))
        [sentence] = found("reached")
        assert sentence.startswith("barred: No answers at all lead to this body")

    def test_two_that_send_on_to_each_other(self, there: Callable[..., None]) -> None:
        one = body("one", row("duesseldorf"), exclusion(what="insult", then="two"))
        two = body("two", row("duesseldorf"), exclusion(what="insult", then="one"))
        there(one, two, body("third", row("duesseldorf")))
        assert len(found("circles", quick=False)) == 2

    def test_whoever_sends_on_to_somebody_who_helps_is_no_fault(self, there: Callable[..., None]) -> None:
        one = body("one", row("duesseldorf"), exclusion(what="insult", then="two"))
        there(one, body("two", row("duesseldorf")))
        assert found("circles", quick=False) == found("dead_ends", quick=False) == ()

    def test_every_way_ends_at_somebody_who_sends_on(self, there: Callable[..., None]) -> None:
        there(body("one", row("duesseldorf"), exclusion("prefer_other", what="insult", then="nowhere")))
        [sentence] = found("dead_ends", quick=False)
        assert "Every way ends at bodies that send on" in sentence
        assert sentence.endswith(": one.")


def test_who_only_has_to_look_is_not_told_of_a_fault() -> None:
    remark = Proof("remark", "Remark", lambda subject: ["look"], is_fault=False)
    outcomes = [proofs.Outcome(remark, ("look",), 0.1), proofs.Outcome(proofs.PROOFS[0], (), 0.0)]
    told = proofs.as_data(outcomes)
    assert (told["ok"], told["faults"]) == (True, 0)
    assert told["proofs"][0] == {"proof": "remark", "seconds": 0.1, "fault": False, "found": ["look"]}
