"""The repository itself: the limits we hold ourselves to, and files that must agree with each other."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

import start

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("site", "directory", "search", "referrals")
PRODUCT = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
TESTS_PER_PRODUCT_LINE = 1.3
DRAWERS = {"utils", "common", "helpers", "services", "misc"}

# Writes that pass by the change log, and statements in SQL: each with the reason why it may.
PASSING_BY = {
    "directory/models/change.py": "the advisory lock that keeps ids in commit order; the refusals themselves",
    "directory/alone.py": "an advisory lock, which writes nothing",
    "referrals/coverage/ledger.py": "a counter of gaps, no content: one row per day and combination adds up",
    "directory/showing.py": "reads rows of a listing by a statement that was put together once",
    "site/wegweiser/backup/consistent.py": "begins a reading transaction",
    "site/wegweiser/backup/rows.py": "a backup holds every row as it is, its change rows among them",
    "site/wegweiser/backup/sequences.py": "the numbers that tables have given out",
    "site/wegweiser/backup/workbench.py": "empties tables that nobody sees yet; a restore leaves its own row",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(paths: list[Path]) -> int:
    lines = (line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_there_is_a_product_to_look_at() -> None:
    assert len(PRODUCT) > 50


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PRODUCT}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_functions_are_short() -> None:
    lengths = {
        f"{name_of(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in PRODUCT
        for function in functions(path)
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def test_the_tests_are_longer_than_the_code() -> None:
    assert code_lines(TESTS) >= TESTS_PER_PRODUCT_LINE * code_lines(PRODUCT)


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_plain_folders_stay_plain(folder: str) -> None:
    """A package `site` would replace the module of Python's library: docs/decisions/0001."""
    assert not (ROOT / folder / "__init__.py").exists()


def test_no_drawers() -> None:
    assert not [name_of(path) for path in PRODUCT if DRAWERS & {path.stem, *path.parent.parts}]


def test_no_file_is_named_after_a_module_of_the_library() -> None:
    taken = sys.stdlib_module_names
    assert not [name_of(path) for path in PRODUCT if path.stem in taken and path.stem != "__init__"]


def passes_by(name: str, call: ast.Call) -> bool:
    """QuerySet.update takes keywords only, which tells it from a dict's."""
    if name == "update":
        return bool(call.keywords) and not call.args and not is_namespace(call.func)
    return name in {"bulk_create", "bulk_update", "raw", "extra", "execute", "executemany"}


def is_namespace(update: ast.expr) -> bool:
    return isinstance(update, ast.Attribute) and ast.unparse(update.value).endswith(".__dict__")


def test_no_write_passes_by_the_change_log() -> None:
    found = {
        f"{name_of(path)}:{call.lineno} {name}"
        for path in PRODUCT
        for name, call in calls(path)
        if passes_by(name, call) and name_of(path) not in PASSING_BY
    }
    assert not found, "save() the objects, or say in PASSING_BY why this write needs no change row"


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("Listing.objects.filter(live=True).update(live=False)", True),
        ("rows.update(**values)", True),
        ("Listing.objects.bulk_create(listings)", True),
        ("cursor.execute('UPDATE directory_listing SET live = 0')", True),
        ("labels.update({'de': 'Hilfe'})", False),
        ("known.__dict__.update(places=places)", False),
        ("digest.update(content)", False),
    ],
)
def test_the_check_tells_a_queryset_from_a_dict(source: str, caught: bool) -> None:
    [call] = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)][:1]
    assert isinstance(call.func, ast.Attribute)
    assert passes_by(call.func.attr, call) is caught


def test_every_exception_is_still_needed() -> None:
    stale = [
        name for name in PASSING_BY if not any(passes_by(called, call) for called, call in calls(ROOT / name))
    ]
    assert not stale


def test_no_signals() -> None:
    """Who reads a save must find there what it does: docs/decisions/0003."""
    signals = re.compile(
        r"^\s*(from|import) (django\.db\.models\.signals|django\.dispatch|wagtail\.signals)", re.MULTILINE
    )
    assert not [name_of(path) for path in PRODUCT if signals.search(path.read_text(encoding="utf-8"))]


def dependency_lines() -> Iterator[str]:
    inside = False
    for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        starts = re.match(r"(dependencies|dev|postgres|requires) = \[(?P<rest>.*)", line)
        if starts:
            inside = "]" not in starts["rest"].split("#")[0].rpartition('"')[2]
            if not inside:
                yield line
        elif inside and line.startswith("]"):
            inside = False
        elif inside:
            yield line.strip()


def test_every_dependency_has_its_reason() -> None:
    lines = list(dependency_lines())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = len(project["project"]["dependencies"]) + len(project["dependency-groups"]["dev"])
    assert len(lines) >= wanted
    assert not [line for line in lines if not re.search(r"# \S{3,}|# \w+ \w+", line)]


def test_the_lock_names_no_mirror_of_one_machine() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w|\.\./shared\b")
    texts = [
        path for path in tracked() if path.suffix in {".py", ".md", ".toml", ".yaml", ".yml", ".html", ".css", ""}
    ]
    found = [name_of(path) for path in texts if place.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found in ([], ["tests/test_repository.py"])


# --- README, changelog, decisions ---------------------------------------------------------------------------


def commands(text: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [
        words for block in blocks for line in block.splitlines() if (words := shlex.split(line, comments=True))
    ]


README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", commands(README), ids=" ".join)
def test_every_command_of_the_readme_exists(words: list[str]) -> None:
    if words[:2] == ["python3", "start.py"]:
        arguments = words[2:] or ["demo"]
        if arguments[0] != "test":
            command = load_command_class(get_commands()[arguments[0]], arguments[0])
            command.create_parser("wegweiser", arguments[0]).parse_args(arguments[1:])
    elif words[0] == "bash":
        assert (ROOT / words[1]).is_file()
    else:
        assert words[:3] == ["sudo", "apt", "install"]


@pytest.mark.parametrize("page", ["README.md", "locale/README.md", "docs/decisions/README.md"])
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [
        target
        for target in targets
        if not target.startswith("https://") and not (ROOT / page).parent.joinpath(target).exists()
    ]
    assert not missing


def test_every_setting_of_the_readme_is_read() -> None:
    named = set(re.findall(r"`([A-Z]{3,}_?[A-Z_]*)`", README))
    settings = (ROOT / "site/wegweiser/settings/base.py").read_text(encoding="utf-8")
    assert named
    assert not {name for name in named if f'"{name}"' not in settings}


def test_the_changelog_has_its_two_headings() -> None:
    newest = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert re.findall(r"^### (.+)$", newest, re.MULTILINE) == ["Improvements", "Bug fixes"]


@pytest.mark.parametrize("record", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_is_one_page_of_three_parts(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60
    assert f"({record.name})" in (record.parent / "README.md").read_text(encoding="utf-8")


def test_start_asks_for_the_python_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == ">=" + start.dotted(start.OLDEST)


def test_ci_runs_the_command_that_the_readme_names() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("python3 start.py test --ignore=tests/browser", "python3 start.py test tests/browser"):
        assert re.search(rf"^ *{re.escape(command)}( |$)", script, re.MULTILINE)
        assert re.search(rf"^{re.escape(command)} ", readme, re.MULTILINE)
    assert "bash .ci/run" in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
