from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Change, Term
from directory.vocabulary_files import Vocabulary, read_all, shipped
from directory.vocabulary_loading import load_vocabularies
from tests.integration.directory.making import let_an_hour_pass

RED = """\
[[term]]
slug = "red"
parent = "colour"
warm = true
labels.de = "Rot"
labels.en = "Red"
labels.ar = "أحمر"
labels.tr = "Kırmızı"
synonyms.de = ["rötlich"]
synonyms.en = ["scarlet"]
awaiting = ["ar"]

[[term]]
slug = "colour"
labels.de = "Farbe"
labels.en = "Colour"
labels.ar = "لون"
"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def colours(tmp_path: Path) -> dict[str, Vocabulary]:
    (tmp_path / "colours.toml").write_text(RED, encoding="utf-8")
    return dict(read_all(tmp_path))


def stored(slug: str = "red") -> Any:
    return Term.objects.get(vocabulary="colours", slug=slug)  # type: ignore[misc]


def store(**fields: Any) -> None:
    Term(vocabulary="colours", slug="red", **fields).save()


def test_a_new_term_is_stored_completely(colours: dict[str, Vocabulary]) -> None:
    load_vocabularies(colours)
    red = stored()
    assert (red.label_de, red.label_en, red.label_ar, red.label_tr) == ("Rot", "Red", "أحمر", "Kırmızı")
    assert (red.parent, red.order) == ("colour", 1)
    assert red.synonyms == {"de": ["rötlich"], "en": ["scarlet"]}
    assert red.extra == {"warm": True, "awaiting": ["ar"]}


def test_all_shipped_terms_are_stored_once() -> None:
    load_vocabularies()
    assert Term.objects.count() == sum(map(len, shipped().values()))
    position = Change.position()
    load_vocabularies()
    assert Change.position() == position


def test_words_of_staff_win_and_missing_languages_are_added(colours: dict[str, Vocabulary]) -> None:
    store(label_de="Feuerrot", synonyms={"de": []}, extra={"warm": False}, parent="", order=9)
    load_vocabularies(colours)
    red = stored()
    assert (red.label_de, red.label_en, red.label_tr) == ("Feuerrot", "Red", "Kırmızı")
    assert red.synonyms == {"de": [], "en": ["scarlet"]}
    assert red.extra == {"warm": False}
    assert (red.parent, red.order) == ("", 9)


def test_a_term_that_lacks_nothing_leaves_no_change_row(colours: dict[str, Vocabulary]) -> None:
    load_vocabularies(colours)
    red = stored()
    red.extra = {"warm": True}  # a native speaker has read the label: `awaiting` must not come back
    red.save()
    position = Change.position()
    load_vocabularies(colours)
    assert Change.position() == position
    assert stored().extra == {"warm": True}


def test_a_term_of_staff_stays(colours: dict[str, Vocabulary]) -> None:
    Term(vocabulary="colours", slug="pink", label_de="Rosa").save()
    load_vocabularies(colours)
    assert stored("pink").label_de == "Rosa"


def test_every_term_is_told_once(colours: dict[str, Vocabulary]) -> None:
    told: list[None] = []
    load_vocabularies(colours, on_term=lambda: told.append(None))
    assert len(told) == 2


def test_a_new_fact_about_a_term_is_added_beside_the_old_ones(colours: dict[str, Vocabulary]) -> None:
    store(label_de="Rot", extra={"ours": 1})
    load_vocabularies(colours)
    assert stored().extra == {"ours": 1, "warm": True}


class TestAWaitingDraft:
    """A column written past it would be lost when it is published."""

    def drafted(self, **values: Any) -> Any:
        store(label_de="Feuerrot")
        draft = stored()
        for name, value in values.items():
            setattr(draft, name, value)
        return draft.save_revision()

    def test_it_is_completed_too(self, colours: dict[str, Vocabulary]) -> None:
        revision = self.drafted(label_de="Hochrot")
        load_vocabularies(colours)
        assert (stored().label_de, stored().label_en) == ("Feuerrot", "Red")
        assert revision.pk != stored().latest_revision_id
        stored().get_latest_revision().publish()
        red = stored()
        assert (red.label_de, red.label_en, red.synonyms) == (
            "Hochrot",
            "Red",
            {"de": ["rötlich"], "en": ["scarlet"]},
        )

    def test_words_of_the_draft_win_in_it(self, colours: dict[str, Vocabulary]) -> None:
        self.drafted(label_en="Crimson")
        load_vocabularies(colours)
        assert stored().label_en == "Red"
        assert stored().get_latest_revision_as_object().label_en == "Crimson"

    def test_one_that_waits_for_its_hour_still_does(self, colours: dict[str, Vocabulary]) -> None:
        self.drafted(label_de="Hochrot", go_live_at=timezone.now() + timedelta(hours=1)).publish()
        load_vocabularies(colours)
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert (stored().label_de, stored().label_en) == ("Hochrot", "Red")

    def test_again_nothing_is_left_to_write(self, colours: dict[str, Vocabulary]) -> None:
        self.drafted(label_de="Hochrot")
        load_vocabularies(colours)
        position = Change.position()
        load_vocabularies(colours)
        assert Change.position() == position
