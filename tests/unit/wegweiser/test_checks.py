"""Wrong settings and forgotten mixins stop the program at its start."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from modeltranslation.translator import translator
from pytest_django import Settings

from directory.languages import SHIPPED
from directory.models import Area, Configuration, Exclusion, Listing, Organisation, Term, TranslatedRevisions
from wegweiser.checks import _guarded, _versioned, check_columns, check_languages, check_revisions, check_search
from wegweiser.pages.models import EditorialPage, HomePage, Picture, TextPage


def ids(problems: Sequence[checks.CheckMessage]) -> list[str]:
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
        assert needing >= {Listing, Organisation, Exclusion, Area, Term}
        assert needing >= {EditorialPage, HomePage, TextPage}
        assert not {Configuration, Picture} & needing

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


class TestSearch:
    @pytest.mark.parametrize(
        "url", ["", "  ", "http://localhost:9200", "http://chris:geheim@127.0.0.1", "https://chris:geheim@es/x"]
    )
    def test_a_cluster_or_none(self, settings: Settings, url: str) -> None:
        settings.SEARCH_URL = url
        assert check_search() == []

    @pytest.mark.parametrize("url", ["localhost:9200", "ftp://es", "https://chris:ge/heim@es", "http://es/A"])
    def test_an_address_that_is_none(self, settings: Settings, url: str) -> None:
        settings.SEARCH_URL = url
        (problem,) = check_search()
        assert problem.id == "wegweiser.E005"
        assert problem.hint
        assert "heim" not in problem.msg

    @pytest.mark.parametrize(("key", "url"), [("", "http://chris:geheim@es"), ("a2V5", "http://10.0.0.7:9200")])
    def test_a_secret_in_plain_text_is_a_warning(self, settings: Settings, key: str, url: str) -> None:
        """Within a network of containers it may be meant."""
        settings.SEARCH_URL, settings.SEARCH_API_KEY = url, key
        (problem,) = check_search()
        assert problem.id == "wegweiser.W001"
        assert not problem.is_serious()
        assert "geheim" not in f"{problem}"

    @pytest.mark.parametrize("content", [None, "", "no certificate", "-----BEGIN CERTIFICATE-----\nx"])
    def test_certificates_that_are_none(self, settings: Settings, tmp_path: Path, content: str | None) -> None:
        settings.SEARCH_URL, settings.SEARCH_CA_FILE = "https://es", str(tmp_path / "ca.pem")
        if content is not None:
            (tmp_path / "ca.pem").write_text(content)
        (problem,) = check_search()
        assert problem.id == "wegweiser.E006"
        assert problem.hint
