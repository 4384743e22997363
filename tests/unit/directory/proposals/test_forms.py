"""What is typed is kept, judged in words, or refused: never an error of ours."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directory.by_hand import opened as signed
from directory.models import ContactPoint, Organisation
from directory.proposals import forms
from directory.proposals.forms import ClaimForm, FewLinks, ListingForm, OrganisationForm, ReportForm

SINCE = signed(0)
PHONE = ContactPoint(pk=7, kind="phone", value="0211 8928888")
ORGANISATION = {
    "name": "Verein",
    "does": "Berät.",
    "phone": "0211 4567890",
    "language": "de",
    "email": "a@example.org",
}


def report(**typed: Any) -> ReportForm:
    data = QueryDict(mutable=True)
    for name, value in ({"since": SINCE} | typed).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return ReportForm([PHONE], data)


def organisation(**typed: str) -> OrganisationForm:
    return OrganisationForm({"since": SINCE} | ORGANISATION | typed)


class TestReport:
    def test_it_remembers_the_number_that_was_wrong(self) -> None:
        form = report(wrong=["contact-7", "hours"])
        assert form.is_valid()
        assert form.told() == {
            "wrong": ["hours"],
            "contacts": [{"id": 7, "kind": "phone", "value": "0211 8928888"}],
        }

    @pytest.mark.parametrize("wrong", ["contact-8", "contact-", "7", "nonsense"])
    def test_what_is_not_offered_cannot_be_chosen(self, wrong: str) -> None:
        assert "wrong" in report(wrong=[wrong]).errors

    def test_it_is_short(self) -> None:
        assert "remark" in report(remark="a" * 1001).errors
        assert not report(remark="a" * 1000).errors

    @given(
        st.lists(st.text(max_size=20), max_size=5),
        st.text(max_size=200),
        st.text(max_size=60),
        st.text(max_size=60),
    )
    def test_whatever_is_posted(self, wrong: list[str], remark: str, email: str, since: str) -> None:
        form = report(wrong=wrong, remark=remark, email=email, since=since)
        assert form.is_valid() == (not form.errors)


class TestLinks:
    @pytest.mark.parametrize("number", range(5))
    def test_a_few_are_fine(self, number: int) -> None:
        form = report(remark=" ".join(["https://example.org"] * number) + " x")
        assert form.is_valid() == (number <= forms.LINKS_AT_MOST)

    def test_the_website_has_a_field_of_its_own(self) -> None:
        assert organisation(website="https://www.example.org").is_valid()


class TestSuggestion:
    def test_the_first_fields_come_first(self) -> None:
        visible = [field.name for field in OrganisationForm().visible_fields()]
        assert visible[:3] == ["name", "does", "place"]
        assert [field.name for field in ListingForm().visible_fields()][:2] == ["organisation", "title"]

    def test_of_an_organisation_that_is_here_it_is_not_asked(self) -> None:
        assert "organisation" not in ListingForm(of=Organisation(slug="house")).fields

    @pytest.mark.parametrize("name", ["name", "does", "email", "language"])
    def test_what_has_to_be_there(self, name: str) -> None:
        form = organisation(**{name: " "})
        assert list(form.errors) == [name]

    def test_one_way_to_reach_it_is_enough(self) -> None:
        assert organisation().is_valid()
        assert organisation(phone="", mail="b@example.org").is_valid()
        assert list(organisation(phone="").errors) == ["phone"]

    def test_a_wrong_number_is_named_once(self) -> None:
        assert list(organisation(phone="1").errors) == ["phone"]

    def test_only_what_was_written_is_told(self) -> None:
        form = organisation()
        assert form.is_valid()
        assert form.told() == {name: value for name, value in ORGANISATION.items() if name != "email"}

    @given(st.dictionaries(st.sampled_from([*OrganisationForm.base_fields]), st.text(max_size=60)))
    def test_whatever_is_posted(self, typed: dict[str, str]) -> None:
        form = OrganisationForm(typed)
        if form.is_valid():
            assert {"phone", "mail", "website"} & set(form.told())


class TestAnotherLanguage:
    @pytest.mark.parametrize("form", [ReportForm([PHONE]), ClaimForm(), OrganisationForm(), ListingForm()])
    def test_what_was_typed_comes_along(self, form: FewLinks) -> None:
        typed = QueryDict("email=half+an+addr&wrong=hours&wrong=text&unknown=x")
        forms.opened(form, typed)
        assert form.initial["email"] == "half an addr"
        assert "unknown" not in form.initial
        if "wrong" in form.fields:
            assert form.initial["wrong"] == ["hours", "text"]
        assert not form.is_bound

    def test_the_clock_goes_on(self) -> None:
        form = ClaimForm()
        forms.opened(form, QueryDict(f"since={SINCE}"))
        assert form.initial["since"] == SINCE
