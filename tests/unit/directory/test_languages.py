import pytest
from django.conf import settings

from directory.languages import MAIN, SHIPPED, column, direction, preference


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_names_itself(code: str) -> None:
    language = SHIPPED[code]
    assert language.code == code
    assert language.name.strip()
    assert language.name != code


def test_no_two_languages_have_the_same_name() -> None:
    """Django would call both kinds of German "Deutsch"."""
    assert len({language.name for language in SHIPPED.values()}) == len(SHIPPED)


def test_the_twelve() -> None:
    assert list(SHIPPED) == ["de", "en", "tr", "ar", "uk", "ru", "pl", "fa", "fr", "es", "el", "de-simple"]
    assert MAIN in SHIPPED


def test_arabic_and_persian_run_from_right_to_left_and_no_other() -> None:
    assert {code for code in SHIPPED if direction(code) == "rtl"} == {"ar", "fa"}
    assert direction("tlh") == "ltr"


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_is_tried_once_and_the_readers_own_first(code: str) -> None:
    order = preference(code)
    assert order[0] == code
    assert sorted(order) == sorted(SHIPPED)


@pytest.mark.parametrize("code", set(SHIPPED) - {"de", "de-simple", "en"})
def test_german_and_english_come_before_anybody_elses_language(code: str) -> None:
    assert preference(code)[1:3] == ("de", "en")


def test_ukrainian_readers_get_russian_only_after_german_and_english() -> None:
    order = preference("uk")
    assert order.index("ru") > order.index("de")
    assert order.index("ru") > order.index("en")
    assert "ru" not in SHIPPED["uk"].fallbacks


def test_easy_german_and_german_stand_in_for_each_other_first() -> None:
    assert preference("de")[1] == "de-simple"
    assert preference("de-simple")[1] == "de"


def test_an_unknown_language_gets_german_and_then_english() -> None:
    assert preference("tlh")[:3] == ("tlh", "de", "en")


@pytest.mark.parametrize(("code", "name"), [("de", "title_de"), ("de-simple", "title_de_simple")])
def test_columns(code: str, name: str) -> None:
    assert column("title", code) == name


def test_the_settings_offer_shipped_languages_and_keep_columns_for_all() -> None:
    assert {code for code, _name in settings.LANGUAGES} <= set(SHIPPED)
    assert tuple(settings.MODELTRANSLATION_LANGUAGES) == tuple(SHIPPED)
