"""start.py on machines of all kinds: with uv, without it, without python3-venv, with an old Python."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import start

ROOT = Path(__file__).resolve().parents[3]


class Machine:
    """What start.py would have run here, instead of running it."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self.outputs: list[object] = []
        self.became: list[str] = []
        self.failing: Callable[[list[str]], bool] = lambda command: False

    def run(self, command: list[str], check: bool = False, **options: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        self.environments.append(options.get("env") or {})
        self.outputs.append(options.get("stdout"))
        code = 3 if self.failing(command) else 0
        if check and code:
            raise subprocess.CalledProcessError(code, command)
        return subprocess.CompletedProcess(command, code, stdout="")

    def execv(self, path: object, command: list[str]) -> None:
        self.became = command


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    machine = Machine()
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "OWN_UV", tmp_path / ".uv")
    monkeypatch.setattr(start, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr("start.shutil.which", lambda name: None)
    monkeypatch.setattr("start.subprocess.run", machine.run)
    monkeypatch.setattr("start.os.execv", machine.execv)
    monkeypatch.chdir(tmp_path)
    return machine


@pytest.fixture
def machine_with_uv(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr("start.shutil.which", lambda name: f"/usr/bin/{name}")
    return machine


def test_builds_the_environment_from_the_lock_and_becomes_wegweiser(machine_with_uv: Machine) -> None:
    start.main(["demo", "--port", "8080"])
    [sync] = machine_with_uv.commands
    assert sync[:3] == ["/usr/bin/uv", "sync", "--frozen"]
    assert sync[sync.index("--python") + 1] == sys.executable
    assert machine_with_uv.became[1:] == ["-m", "wegweiser", "demo", "--port", "8080"]


def test_without_uv_a_pinned_one_is_fetched_outside_the_environment(machine: Machine) -> None:
    start.main([])
    make, install, sync = machine.commands
    assert make[1:3] == ["-m", "venv"]
    assert install[-1] == f"uv=={start.UV_VERSION}"
    assert install[0].startswith(str(start.OWN_UV))
    assert sync[0] == str(start.OWN_UV / "bin" / "uv")


def test_an_own_uv_of_the_right_version_is_not_fetched_again(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (start.OWN_UV / "bin").mkdir(parents=True)
    (start.OWN_UV / "bin" / "uv").touch()
    answer = f"uv {start.UV_VERSION} (x86_64)"
    monkeypatch.setattr(
        "start.subprocess.run",
        lambda command, **options: machine.run(command) and subprocess.CompletedProcess(command, 0, answer),
    )
    start.main([])
    assert [command[1] for command in machine.commands if command[1] != "--version"] == ["sync"]


def test_never_downloads_a_python_and_keeps_standard_output_for_answers(machine_with_uv: Machine) -> None:
    start.main(["evaluate_search", "--json"])
    assert machine_with_uv.environments[0]["UV_PYTHON_DOWNLOADS"] == "never"
    assert machine_with_uv.outputs == [sys.stderr]


def test_an_activated_environment_of_somebody_else_is_ignored(
    machine_with_uv: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere/else")
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "/somewhere/else")
    start.main([])
    [environment] = machine_with_uv.environments
    assert "VIRTUAL_ENV" not in environment
    assert environment["UV_PROJECT_ENVIRONMENT"] == str(start.ROOT / ".venv")


def test_visitors_get_no_developer_tools_and_developers_keep_theirs(machine_with_uv: Machine) -> None:
    start.main([])
    start.main(["test", "-q"])
    serving, testing = machine_with_uv.commands
    assert {"--no-dev", "--inexact"} <= set(serving)
    assert testing[-2:] == ["--group", "dev"]


def test_an_installation_is_built_with_postgresql_and_starts_nothing(machine_with_uv: Machine) -> None:
    assert start.main(["install"]) == 0
    [sync] = machine_with_uv.commands
    assert "--no-dev" in sync
    assert sync[-2:] == ["--extra", "postgres"]
    assert machine_with_uv.became == []


def test_quiet_once_the_environment_is_there(machine_with_uv: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    start.main([])
    assert "once" in capsys.readouterr().err
    start.PYTHON.parent.mkdir(parents=True)
    start.PYTHON.touch()
    start.main([])
    assert capsys.readouterr().err == ""
    assert "--quiet" in machine_with_uv.commands[-1]


def test_named_tests_are_handed_to_pytest(machine_with_uv: Machine) -> None:
    start.main(["test", "tests/unit", "-q"])
    assert machine_with_uv.became[1:] == ["-m", "pytest", "tests/unit", "-q"]
    assert Path.cwd() == start.ROOT


def test_all_tests_run_with_the_coverage_floor(machine_with_uv: Machine) -> None:
    assert start.main(["test"]) == 0
    _sync, tests, report = machine_with_uv.commands
    assert tests[1:3] == ["-m", "slipcover"]
    assert tests[-2:] == ["-m", "pytest"]
    assert report[-2:] == ["--fail-under", "95"]


def test_all_but_the_ignored_run_with_the_coverage_floor(machine_with_uv: Machine) -> None:
    assert start.main(["test", "--ignore=tests/browser"]) == 0
    _sync, tests, _report = machine_with_uv.commands
    assert tests[-3:] == ["-m", "pytest", "--ignore=tests/browser"]


RED = "assert False"
UNCOVERED = "pass"
COVERED = "assert room.once() == 1"
# What a forked process has covered counts too.
FORKED = """
    if not (child := os.fork()):
        room.once()
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.parametrize(("written", "code"), [(RED, 1), (UNCOVERED, 2), (COVERED, 0), (FORKED, 0)])
def test_a_red_test_and_a_missed_floor_both_fail(tmp_path: Path, written: str, code: int) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.slipcover]\nsource = ["room"]\n')
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "__init__.py").write_text("def once():\n    return 1\n")
    (tmp_path / "test_one.py").write_text(f"import os\nimport room\n\ndef test_one():\n    {written}\n")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "SLIPCOVER"))}
    plain["PYTEST_ADDOPTS"] = "-p no:django -p no:cacheprovider"
    script = (
        f"import pathlib, start, sys; start.ROOT = pathlib.Path({str(tmp_path)!r}); "
        f"start.PYTHON = {sys.executable!r}; sys.exit(start.run_tests([]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=plain, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_preparation_ends_with_a_sentence_and_the_code(
    machine_with_uv: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine_with_uv.failing = lambda command: "sync" in command
    assert start.main([]) == 3
    assert machine_with_uv.became == []
    assert "could not prepare" in capsys.readouterr().err


def test_an_old_python_is_told_so_in_one_sentence(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "OLDEST", (99, 1))
    assert start.main([]) == 1
    assert capsys.readouterr().err.startswith("Wegweiser needs Python 99.1 or newer; this is 3.")
    assert machine.commands == []


def test_without_python3_venv_the_package_is_named(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("start.importlib.util.find_spec", lambda name: None)
    assert start.main([]) == 1
    assert "python3-venv" in capsys.readouterr().err
    assert machine.commands == []


def test_without_python3_venv_an_installed_uv_is_enough(
    machine_with_uv: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("start.importlib.util.find_spec", lambda name: None)
    start.main([])
    assert machine_with_uv.became[1:] == ["-m", "wegweiser"]


def test_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "start.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_older_python_can_read_the_file_far_enough_to_be_told() -> None:
    ast.parse((ROOT / "start.py").read_text(), feature_version=(3, 7))


def test_runs_as_a_script_from_any_folder(tmp_path: Path) -> None:
    code = f"import runpy; m = runpy.run_path({str(ROOT / 'start.py')!r}); print(m['ROOT'])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert answer.stdout.strip() == str(ROOT), answer.stderr
    assert os.access(ROOT / "start.py", os.R_OK)
