"""The slip for the person, out of what a professional chose."""

import pytest

from referrals import guide_files
from referrals.professionals.fields import Stated
from referrals.professionals.slip import posted
from tests.integration.public.conftest import Post
from tests.integration.public.reading import Seen
from tests.integration.referrals.professionals.asking import PAGE, asked

GUIDE = guide_files.shipped()


def stated(**values: str) -> Stated:
    return Stated({name: tuple(value.split()) for name, value in values.items()})


def slip(post: Post, **fields: str) -> Seen:
    """The page that the button leads to."""
    page = post(PAGE, asked(**fields))
    form = page.one("form", id="slip")
    data: dict[str, list[str]] = {}
    for field in page.all("input", type="hidden"):
        if field.above is form:
            data.setdefault(field.attributes["name"], []).append(field.attributes["value"])
    return post(form.attributes["action"], data)


class TestAnswers:
    def test_facts_become_the_guides_answers(self) -> None:
        found = posted(stated(what="violence", wish="talk"), GUIDE)
        said = {
            question.dimension: question.option(found.answers[question.slug])
            for question in GUIDE.questions
            if question.slug in found.answers
        }
        assert "violence" in (said["what"].facts["what"] if said["what"] else ())
        assert "talk" in (said["wish"].facts["wish"] if said["wish"] else ())

    def test_nothing_is_said_that_was_not_stated(self) -> None:
        assert posted(stated(), GUIDE).answers == {}
        for question in GUIDE.questions:
            for option in question.options:
                facts = {name: " ".join(values) for name, values in option.facts.items()}
                told = posted(stated(**facts), GUIDE)
                chosen = question.option(told.answers.get(question.slug, ""))
                for name, values in chosen.facts.items() if chosen else ():
                    assert set(values) & set(option.facts[name])

    def test_a_professional_does_not_speak_on_the_persons_slip(self) -> None:
        assert posted(stated(asker="professional"), GUIDE).asker == ""
        assert posted(stated(asker="witness"), GUIDE).asker == "witness"

    def test_place_and_day_go_along(self) -> None:
        found = posted(stated(place="jena", residence="dortmund", day="3", month="2", year="2026"), GUIDE)
        assert (found.place, found.residence) == ("jena", "dortmund")
        assert str(found.happened) == "2026-02-03"

    @pytest.mark.parametrize("wrong", [{"day": "31", "month": "2", "year": "2026"}, {"day": "3"}])
    def test_a_wrong_day_does_not(self, wrong: dict[str, str]) -> None:
        assert posted(stated(**wrong), GUIDE).happened is None


class TestSlip:
    def test_it_asks_for_an_interpreter_in_both_languages(self, post: Post) -> None:
        page = slip(post, what="violence", language="ar")
        assert "Ich spreche Arabisch, bitte mit Dolmetschung." in page.text
        assert "أتحدث" in page.text
        assert page.one("html").attributes["lang"] == "ar"

    def test_it_is_in_the_language_that_was_chosen_for_the_person(self, post: Post) -> None:
        page = slip(post, what="violence", language="ar", text="en")
        assert page.one("html").attributes["lang"] == "en"
        assert "Ich spreche Arabisch, bitte mit Dolmetschung." in page.text

    def test_a_language_that_the_site_has_not_is_still_asked_for(self, post: Post) -> None:
        page = slip(post, what="violence", language="fr")
        assert page.one("html").attributes["lang"] == "de"
        assert "Ich spreche Französisch, bitte mit Dolmetschung." in page.text

    def test_what_is_posted_tells_nothing(self, post: Post) -> None:
        page = post(PAGE, asked(what="violence", place="jena", language="ar"))
        values = [field.attributes["value"] for field in page.all("input", type="hidden")]
        assert values
        assert [value for value in values if value in ("violence", "jena", "ar")] == []
