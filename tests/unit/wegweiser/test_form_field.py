"""A field as everybody meets it: a label, help and mistakes beside it, and all of it named for screen readers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from tests.integration.public.reading import Seen, read


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


CHOICES = [("a", "A"), ("b", "B")]


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is written.")
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    one = forms.ChoiceField(label="One", choices=CHOICES, widget=forms.RadioSelect, help_text="Choose.")
    several = forms.MultipleChoiceField(label="Several", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Yes", help_text="Read it.")
    more = forms.CharField(required=False)
    since = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(data: dict[str, Any] | None = None, **context: Any) -> Seen:
    form = Example(data)
    if data is not None:
        form.is_valid()
    return read(HttpResponse(render_to_string("components/form.html", {"form": form} | context)))


class TestFields:
    def test_every_label_leads_to_its_field(self) -> None:
        page = shown()
        ids = {each.attributes["id"] for each in page.elements if "id" in each.attributes}
        labels = page.all("label")
        assert len(labels) == 7
        assert {label.attributes["for"] for label in labels} <= ids

    def test_what_may_be_left_empty_says_so(self) -> None:
        assert [label.text for label in shown().all("label") if "(" in label.text] == ["Remark (optional)"]

    def test_unless_most_of_them_may(self) -> None:
        assert not [label for label in shown(without_optional=True).all("label") if "(" in label.text]

    def test_several_choices_are_one_group_with_a_name(self) -> None:
        groups = shown().all("fieldset")
        assert [group.attributes["id"] for group in groups] == ["id_one", "id_several"]
        assert [legend.text for legend in shown().all("legend")] == ["One", "Several"]

    def test_help_is_read_with_its_field(self) -> None:
        page = shown()
        for name in ("name", "agreed"):
            assert page.one("input", name=name).attributes["aria-describedby"] == f"id_{name}_helptext"
        assert page.one("fieldset", id="id_one").attributes["aria-describedby"] == "id_one_helptext"
        assert page.one(id="id_one_helptext").text == "Choose."

    def test_what_only_programs_fill_in_is_hidden_from_everybody(self) -> None:
        found = shown().one("input", name="more")
        assert found.above
        assert found.above.has("hidden")
        assert found.above.attributes["aria-hidden"] == "true"

    def test_a_hidden_field_has_no_label(self) -> None:
        assert shown().one("input", name="since").attributes["type"] == "hidden"


class TestMistakes:
    @pytest.mark.parametrize("name", ["name", "one", "several", "agreed"])
    def test_each_stands_beside_its_field_and_is_read_with_it(self, name: str) -> None:
        page = shown({})
        error = page.one(id=f"id_{name}_error")
        assert error.has("wrong")
        assert error.text
        described = [
            each for each in page.elements if error.attributes["id"] in each.attributes.get("aria-describedby", "")
        ]
        assert described
        assert error.above
        assert error.above.has("form-field")

    def test_one_message_for_the_whole_form_is_announced(self) -> None:
        (notice,) = shown({}).all(role="alert")
        assert notice.text
        assert not shown().all(role="alert")

    def test_what_was_typed_stays_as_it_was(self) -> None:
        page = shown({"name": "<b>Ada</b>", "several": ["b"]})
        assert page.one("input", name="name").attributes["value"] == "<b>Ada</b>"
        boxes = page.all("input", name="several")
        assert ["checked" in box.attributes for box in boxes] == [False, True]
