"""Wrong settings and forgotten mixins stop the program at its start."""

from typing import Any

import pytest
from django.core import checks
from django.test import override_settings
from modeltranslation.translator import translator
from pytest_django import Settings

from directory.languages import SHIPPED
from directory.models import Area, Exclusion, Listing, Organisation, TranslatedRevisions
from wegweiser.checks import _guarded, _versioned, check_columns, check_languages, check_revisions, check_search


def ids(problems: list[checks.Error]) -> list[str]:
    return [str(problem.id) for problem in problems]


def enable(settings: Settings, *codes: str) -> None:
    settings.LANGUAGES = [(code, code) for code in codes]


class TestLanguages:
    @pytest.mark.parametrize("codes", [("de",), ("de", "en", "tr"), tuple(SHIPPED), ("de-simple", "de")])
    def test_any_shipped_ones_with_german(self, settings: Settings, codes: tuple[str, ...]) -> None:
        enable(settings, *codes)
        assert check_languages() == []

    def test_one_that_is_not_shipped(self, settings: Settings) -> None:
        enable(settings, "de", "tlh")
        (problem,) = check_languages()
        assert problem.id == "wegweiser.E001"
        assert "tlh" in problem.msg
        assert "de-simple" in str(problem.hint)

    @pytest.mark.parametrize("codes", [(), ("en", "ar"), ("de-simple", "en")])
    def test_without_german(self, settings: Settings, codes: tuple[str, ...]) -> None:
        enable(settings, *codes)
        assert ids(check_languages()) == ["wegweiser.E002"]

    def test_another_main_language(self, settings: Settings) -> None:
        settings.LANGUAGE_CODE = "en"
        assert ids(check_languages()) == ["wegweiser.E002"]

    def test_columns_that_follow_the_enabled_languages(self, settings: Settings) -> None:
        assert check_columns() == []
        settings.MODELTRANSLATION_LANGUAGES = ("de", "en")
        assert ids(check_columns()) == ["wegweiser.E003"]


class TestRevisions:
    def test_all_models_are_guarded(self) -> None:
        assert check_revisions() == []

    def test_which_models_need_it(self) -> None:
        """Those with revisions, and translated rows within them; not what has no revision."""
        registered = translator.get_registered_models(abstract=False)
        needing = set(_versioned(registered))
        assert needing >= {Listing, Organisation, Exclusion}
        assert Area not in needing

    def test_a_model_that_forgot_the_mixin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wegweiser.checks._guarded", lambda model: model is not Exclusion)
        (problem,) = check_revisions()
        assert problem.id == "wegweiser.E004"
        assert "Exclusion" in problem.msg

    def test_first_means_before_everybody_else_who_writes_revisions(self) -> None:
        class Other:
            def serializable_data(self) -> dict[str, Any]:
                return {}

        class Mixin:
            serializable_data = TranslatedRevisions.serializable_data

        assert _guarded(Listing)
        assert not _guarded(type("Late", (Other, Mixin), {}))
        assert not _guarded(type("None", (), {}))


def test_they_run_at_every_start() -> None:
    registered = checks.registry.registry.get_checks()
    assert {check_languages, check_columns, check_revisions, check_search} <= set(registered)


def test_nobody_believes_that_a_cluster_is_used() -> None:
    with override_settings(SEARCH_URL=""):
        assert check_search() == []
    with override_settings(SEARCH_URL="http://localhost:9200"):
        assert ids(check_search()) == ["wegweiser.E005"]
