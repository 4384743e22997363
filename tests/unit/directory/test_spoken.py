import pytest

from directory.spoken import spoken_name


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("tr", "de", "Türkisch"),
        ("tr", "en", "Turkish"),
        ("ar", "ar", "العربية"),
        ("uk", "de-simple", "Ukrainisch"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("xx-unknown", "en", "xx-unknown"),
        ("not a code", "en", "not a code"),
        ("el", "nonsense", "Ελληνικά"),
    ],
)
def test_a_language_is_named_in_the_readers_language(code: str, reader: str, name: str) -> None:
    assert spoken_name(code, reader) == name


@pytest.mark.parametrize("code", ["dgs", "de-simple", "prs", "rom"])
def test_languages_that_tables_leave_out_have_a_name_too(code: str) -> None:
    assert spoken_name(code, "en") not in ("", code)
