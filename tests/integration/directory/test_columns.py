"""The columns never follow the operator's LANGUAGES: a language taken out must not lose its texts (R2)."""

import os
import subprocess
import sys
from typing import Any

import pytest

from directory.languages import SHIPPED, column
from directory.models import translated_fields


def wegweiser(languages: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "WEGWEISER_TEST_LANGUAGES": languages,
        "DJANGO_SETTINGS_MODULE": "wegweiser.settings.test",
    }
    command = [sys.executable, "-m", "wegweiser", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("languages", ["de", "de,en,tr", ",".join(SHIPPED), "de,de-simple"])
def test_no_set_of_languages_makes_a_migration(languages: str) -> None:
    done = wegweiser(languages, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No changes detected" in done.stdout


@pytest.mark.parametrize("languages", ["en,tr", "de,tlh"])
def test_a_set_that_would_lose_or_mix_texts_is_refused_at_the_start(languages: str) -> None:
    done = wegweiser(languages, "check")
    assert done.returncode != 0
    assert "wegweiser.E00" in done.stderr


def test_every_translated_field_has_a_column_for_every_shipped_language() -> None:
    from modeltranslation.translator import translator

    for model in translator.get_registered_models(abstract=False):
        columns = {field.name for field in model._meta.concrete_fields}
        for field in translated_fields(model):
            assert {column(field, code) for code in SHIPPED} <= columns
            original: Any = model._meta.get_field(field)
            assert original.blank, f"{model.__name__}.{field} must be blank=True (R3)"
            assert original.get_internal_type() in ("CharField", "TextField")
