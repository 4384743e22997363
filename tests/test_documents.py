"""Documents that agree with the program: what they promise exists, and what is stored stands in them."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands, load_command_class
from django.db import models

from directory.languages import SHIPPED

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = ["SECURITY.md", "CONTRIBUTING.md", *(str(page.relative_to(ROOT)) for page in DOCS.rglob("*.md"))]
PROTECTION = (DOCS / "de" / "datenschutz.md").read_text(encoding="utf-8")
SHEETS = ["docs/hosting.md", "docs/upgrade.md"]
# What the name of a field says when a person may be in it.
TELLING = re.compile(
    r"(^|_)(name|email|mail|phone|user|username|person|author|by|ip|agent|address|password|secret|token|session|"
    r"owner|data|value|comment|text|key|note)($|_)"
)
TRANSLATED = re.compile(rf"_({'|'.join(code.replace('-', '_') for code in SHIPPED)})$")
PUBLIC_CODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", read(page))
    missing = [each for each in targets if "://" not in each and not (ROOT / page).parent.joinpath(each).exists()]
    assert not missing


@pytest.mark.parametrize("page", SHEETS)
def test_every_command_of_the_sheets_exists(page: str) -> None:
    lines = [
        line for block in re.findall(r"```sh\n(.*?)```", read(page), re.DOTALL) for line in block.splitlines()
    ]
    called = [re.search(r"(?:-- wegweiser|app wegweiser|--rm app) (.+)$", line) for line in lines]
    assert any(called)
    for words in (found[1].split() for found in called if found):
        command = load_command_class(get_commands()[words[0]], words[0])
        command.create_parser("wegweiser", words[0]).parse_args(words[1:])


def test_every_setting_of_the_hosting_sheet_is_read() -> None:
    chapter = read("docs/hosting.md").split("\n## Settings\n")[1].split("\n## ")[0]
    named = set(re.findall(r"`([A-Z][A-Z_]{4,})`", chapter)) - {"WARNING", "DEBUG"}
    folder = ROOT / "site" / "wegweiser" / "settings"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert len(named) > 10
    assert {name for name in named if f'"{name}"' not in source} == set()


def test_every_promise_of_security_names_a_test_that_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", read("SECURITY.md"))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_place_that_contributing_names_exists() -> None:
    chapter = read("CONTRIBUTING.md").split("## Where a change goes")[1].split("## ")[0]
    named = [name for name in re.findall(r"`([\w/*.]+)`", chapter) if "/" in name]
    places = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
    assert places == ["static/"]  # short for the one beside the templates


def test_the_readme_leads_to_every_sheet() -> None:
    readme = read("README.md")
    for page in (
        "docs/hosting.md",
        "docs/de/betrieb.md",
        "docs/de/datenschutz.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ):
        assert f"({page})" in readme, page


class TestPublicCode:
    """https://yml.publiccode.tools, version 0.4."""

    def test_everything_that_must_be_there(self) -> None:
        wanted = (
            "publiccodeYmlVersion name url platforms developmentStatus softwareType description legal maintenance"
        )
        assert set(wanted.split()) | {"localisation", "categories"} <= set(PUBLIC_CODE)
        assert PUBLIC_CODE["publiccodeYmlVersion"] == "0.4"
        assert PUBLIC_CODE["url"].startswith("https://")
        assert PUBLIC_CODE["softwareType"] == "standalone/web"
        assert PUBLIC_CODE["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
        assert set(PUBLIC_CODE["intendedAudience"]["scope"]) <= {"local-authorities", "government", "society"}

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_descriptions_have_the_length_that_catalogs_show(self, language: str) -> None:
        description = PUBLIC_CODE["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert len(description["genericName"]) <= 35
        assert description["features"]

    def test_somebody_answers(self) -> None:
        assert PUBLIC_CODE["maintenance"]["type"] == "community"
        assert PUBLIC_CODE["maintenance"]["contacts"][0]["name"]

    def test_it_agrees_with_the_package(self) -> None:
        project = tomllib.loads(read("pyproject.toml"))["project"]
        assert PUBLIC_CODE["softwareVersion"] == project["version"]
        assert PUBLIC_CODE["legal"]["license"] == project["license"]
        assert PUBLIC_CODE["localisation"]["localisationReady"] is True

    def test_it_names_the_languages_that_are_complete(self) -> None:
        base = read("site/wegweiser/settings/base.py")
        [listed] = re.findall(r'"LANGUAGES", default=\[([^]]+)\]', base)
        assert PUBLIC_CODE["localisation"]["availableLanguages"] == re.findall(r'"([\w-]+)"', listed)


def tables() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(with personal data, without): table → fields, as the data protection sheet has them."""
    chapter = PROTECTION.split("\n## 3. ")[1].split("\n## ")[0]
    parts = chapter.split("Tabellen ohne Personenbezug")
    found = []
    for part in parts:
        rows = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", part, re.MULTILINE)
        found.append({name: set(re.findall(r"`(\w+)`", fields)) for name, fields in rows})
    return found[0], found[1]


PERSONAL, OTHERS = tables()


def telling(model: type[models.Model]) -> set[str]:
    """Fields in which a person may be, as far as type and name tell."""
    return {field.name for field in model._meta.local_fields if tells(field)}


def tells(field: Any) -> bool:
    if isinstance(field, models.EmailField | models.GenericIPAddressField | models.FileField):
        return True
    if field.is_relation:
        return field.related_model is get_user_model()
    return bool(TELLING.search(field.name)) and not TRANSLATED.search(field.name)


class TestInventory:
    """A table or field that may hold something about a person needs its line, with purpose and end."""

    def test_every_table_stands_in_one_of_the_lists(self) -> None:
        there = {model._meta.label_lower for model in apps.get_models()}
        assert there - PERSONAL.keys() - OTHERS.keys() == set(), "add it to docs/de/datenschutz.md, section 3"
        assert PERSONAL.keys() & OTHERS.keys() == set()

    def test_every_telling_field_stands_there(self) -> None:
        listed = {**PERSONAL, **OTHERS}
        missing = {
            f"{model._meta.label_lower}.{name}"
            for model in apps.get_models()
            for name in telling(model) - listed.get(model._meta.label_lower, set())
        }
        assert missing == set(), "add it to docs/de/datenschutz.md, section 3"

    def test_nothing_stands_there_that_is_gone(self) -> None:
        gone = {
            f"{label}.{name}"
            for label, names in {**PERSONAL, **OTHERS}.items()
            for name in names - {field.name for field in apps.get_model(label)._meta.local_fields}
        }
        assert gone == set()

    def test_every_row_says_whose_what_for_and_until_when(self) -> None:
        rows = re.findall(
            r"^\| `[\w.]+` \| (?:`\w+`(?:, )?)+ \|(.+)\|$", PROTECTION.split("\nTabellen ohne")[0], re.MULTILINE
        )
        assert len(rows) == len(PERSONAL)
        assert all(len([cell for cell in row.split("|") if cell.strip()]) == 3 for row in rows)

    @pytest.mark.parametrize(
        ("field", "caught"),
        [
            (models.EmailField(name="contact"), True),
            (models.GenericIPAddressField(name="origin"), True),
            (models.CharField(name="reply_address"), True),
            (models.TextField(name="note"), True),
            (models.CharField(name="slug"), False),
            (models.TextField(name="text_de"), False),
            (models.IntegerField(name="order"), False),
        ],
    )
    def test_what_tells(self, field: Any, caught: bool) -> None:
        assert tells(field) is caught

    def test_who_uploaded_or_locked_something_tells(self) -> None:
        assert "locked_by" in telling(apps.get_model("directory.listing"))
        assert "uploaded_by_user" in telling(apps.get_model("pages.picture"))

    def test_visitors_have_no_table(self) -> None:
        words = re.compile(r"visit|request|query|search_?log|answer|session", re.IGNORECASE)
        own = {"directory", "referrals", "search", "wegweiser", "pages"}
        found = [model.__name__ for model in apps.get_models() if model._meta.app_label in own]
        assert not [name for name in found if words.search(name)]


def test_the_languages_of_the_tests_are_among_those_that_are_shipped() -> None:
    assert {code for code, _name in settings.LANGUAGES} <= set(SHIPPED)
