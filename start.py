"""Starts Wegweiser where there is nothing but Python: builds `.venv` from uv.lock, then hands over to it.

`python3 start.py [arguments of wegweiser]` or `python3 start.py test [arguments of pytest]`;
`python3 start.py install` only builds, with the driver for PostgreSQL, for a server that other users run.
Nothing but the standard library, and syntax that an older Python can read far enough to be told so.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
UV_VERSION = "0.13.8"
OWN_UV = ROOT / ".uv"  # not inside .venv: `uv sync` owns that and would remove it
PYTHON = ROOT / ".venv" / "bin" / "python"
COVERAGE, FLOOR = ".coverage.json", "95"  # in percent, of lines and branches


def main(arguments: list[str]) -> int:
    obstacle = obstacle_on_this_machine()
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    testing, installing = arguments[:1] == ["test"], arguments[:1] == ["install"]
    try:
        prepare(find_uv(), testing, ("--extra", "postgres") if installing else ())
    except subprocess.CalledProcessError as error:
        print("start.py: could not prepare .venv, see the message above.", file=sys.stderr)
        return error.returncode
    if installing:
        return 0
    return run_tests(arguments[1:]) if testing else hand_over(arguments)


def obstacle_on_this_machine() -> str:
    if sys.version_info < OLDEST:
        return f"Wegweiser needs Python {dotted(OLDEST)} or newer; this is {dotted(sys.version_info[:2])}."
    if not shutil.which("uv") and not own_uv_is_ready() and importlib.util.find_spec("ensurepip") is None:
        return "Python cannot make environments here: install Debian's package python3-venv (or uv) first."
    return ""


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def own_uv_is_ready() -> bool:
    uv = OWN_UV / "bin" / "uv"
    if not uv.exists():
        return False
    answer = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.split()[1:2] == [UV_VERSION]


def find_uv() -> str:
    found = shutil.which("uv")
    if found:
        return found
    if not own_uv_is_ready():
        say(f"Getting uv {UV_VERSION}, which builds the environment")
        install_own_uv()
    return str(OWN_UV / "bin" / "uv")


def install_own_uv() -> None:
    run([sys.executable, "-m", "venv", "--clear", str(OWN_UV)])
    pip = [str(OWN_UV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "uv==" + UV_VERSION])


def prepare(uv: str, testing: bool, extras: tuple[str, ...] = ()) -> None:
    """Bring .venv to what uv.lock says. `--inexact`: a start must not strip the tools of a developer."""
    command = [uv, "sync", "--frozen", "--inexact", "--python", sys.executable, "--project", str(ROOT)]
    command += [*(["--group", "dev"] if testing else ["--no-dev"]), *extras]
    if PYTHON.exists():
        command.append("--quiet")
    else:
        say("Building the environment in .venv, once")
    run(command)


def run_tests(arguments: list[str]) -> int:
    """All tests, or all but ignored ones, with their coverage; those that are named, without a coverage floor."""
    os.chdir(ROOT)
    if not all(argument.startswith("--ignore=") for argument in arguments):
        return hand_over(arguments, "pytest")
    measured = [str(PYTHON), "-m", "slipcover", "--json", "--out", COVERAGE, "-m", "pytest", *arguments]
    tests = subprocess.run(measured, check=False)
    # Not in the same run: with a floor it adds up the coverage of forked processes twice, and fails at that.
    report = [str(PYTHON), "-m", "slipcover", "--merge", COVERAGE, "--out", COVERAGE, "--fail-under", FLOOR]
    return tests.returncode or subprocess.run(report, check=False).returncode


def hand_over(arguments: list[str], module: str = "wegweiser") -> int:
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606  # Ctrl-C reaches the server itself


def run(command: list[str]) -> None:
    """Standard output is kept free for what a command answers (JSON): tools report on standard error."""
    subprocess.run(command, check=True, env=environment(), stdout=sys.stderr)


def environment() -> dict[str, str]:
    chosen = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return {**chosen, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}


def say(sentence: str) -> None:
    print(sentence + " …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
