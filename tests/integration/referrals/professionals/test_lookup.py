"""One body: responsible or not, in words."""

from collections.abc import Iterator

import pytest

from directory.models import Listing
from directory.text import choose
from referrals import queries
from referrals.bodies import Body
from referrals.competence import HARD, Exclusion
from tests.integration.directory.making import find
from tests.integration.public.conftest import Post
from tests.integration.public.reading import Element
from tests.integration.referrals.professionals.asking import asked

ENGLISH = "/en/fachkraefte/"
OBR, AGG, SABRA = "dus-obr", "dus-agg-beschwerdestelle", "dus-sabra"


def verdict(post: Post, **fields: str) -> Element:
    return post(ENGLISH, asked(**fields)).one(having="verdict")


def test_responsible_with_the_reason(post: Post) -> None:
    found = verdict(post, body=OBR, what="violence").text
    assert "Responsible for this" in found
    assert "Not responsible" not in found
    assert "number 1 of the result" in found
    assert "because there was violence" in found


def test_not_responsible_with_what_speaks_against(post: Post) -> None:
    found = verdict(post, body=OBR, what="unequal_treatment", life_area="work").text
    assert "Not responsible for this" in found
    assert "Instead:" in found


def excluded() -> Iterator[tuple[Body, Exclusion, dict[str, str]]]:
    """Bodies with a rule that sends people away, each with the situation in which it does."""
    for body in queries.bodies():
        for exclusion in body.exclusions:
            plain = exclusion.strength == HARD and not exclusion.areas and not exclusion.outside_areas
            if plain and exclusion.reason and body.role != "emergency" and exclusion.needs:
                yield body, exclusion, {name: min(values) for name, values in exclusion.needs.items()}


def test_an_exclusion_says_why_and_where_to_go(post: Post) -> None:
    found = list(excluded())
    assert found
    for body, exclusion, facts in found[:4]:
        told = verdict(post, body=body.slug, **facts).text
        assert "Not responsible for this" in told, body.slug
        assert choose(exclusion.reason, "en").text in told
        for other in exclusion.then_go_to:
            assert "Instead:" in told
            assert find(Listing, other).text_of("title") in told


def test_not_for_this_place(post: Post) -> None:
    found = verdict(post, body=OBR, what="violence", place="jena").text
    assert "Not responsible for this" in found
    assert "Instead:" in found


def test_the_emergency_call_only_in_danger(post: Post) -> None:
    assert "Only when there is danger now" in verdict(post, body="de-polizei-110", what="threat").text


def test_without_a_situation_its_rules_are_read_out(post: Post) -> None:
    page = post(ENGLISH, asked(body=OBR))
    found = page.one(having="verdict")
    assert "Responsible when what happened is " in found.text
    assert "Violence" in found.text
    assert "Responsible for this" not in found.text
    assert [e for e in page.all("details") if e.above is found and "open" in e.attributes]


def test_its_german_reasons_are_marked_as_german(post: Post) -> None:
    body, _exclusion, facts = next(excluded())
    page = post("/ar/fachkraefte/", asked(body=body.slug, **facts))
    assert [e for e in page.within("span", inside="verdict") if e.attributes.get("lang") == "de"]


def test_its_rules_name_other_bodies_by_their_titles(post: Post) -> None:
    body, exclusion = next((body, rule) for body, rule, _facts in excluded() if rule.then_go_to)
    found = verdict(post, body=body.slug).text
    assert find(Listing, exclusion.then_go_to[0]).text_of("title") in found
    assert exclusion.then_go_to[0] not in found
    arabic = post("/ar/fachkraefte/", asked(body=body.slug)).within("span", inside="verdict")
    title = find(Listing, exclusion.then_go_to[0]).text_of("title")
    assert "de" in {span.lang for span in arabic if span.text == title}


def test_a_body_that_is_not_public_is_not_found(post: Post) -> None:
    entry = find(Listing, OBR)
    entry.live = False
    entry.save()
    assert post(ENGLISH, asked(body=OBR)).all(having="verdict") == []


@pytest.mark.parametrize("body", [OBR, AGG])
def test_each_body_with_rules_can_be_looked_up(post: Post, body: str) -> None:
    assert find(Listing, body).text_of("title") in verdict(post, body=body).text
