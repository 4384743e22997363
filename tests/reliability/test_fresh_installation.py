"""A bare machine becomes a city's site: the commands of docs/hosting.md, as they stand there, on PostgreSQL.

What belongs to the whole machine (packages, users, systemd) is left out, and folders lie below a temporary one.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import CI
from tests.reliability.starting import OWN, Server

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "docs" / "hosting.md"
CHAPTER = "On a Debian server"
OF_THE_MACHINE = ("apt-get", "adduser", "systemctl")
PLACES = ("/opt/wegweiser", "/etc/wegweiser.env", "/var/lib/wegweiser", "/usr/local/bin", "/etc/systemd/system")

pytestmark = pytest.mark.timeout(300)


def commands(sheet: str, chapter: str = CHAPTER) -> list[str]:
    text = sheet.split(f"\n## {chapter}\n")[1].split("\n## ", maxsplit=1)[0]
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def missing(reason: str) -> None:
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Path]:
    """A throw-away server; the folder of its socket."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not binaries or not shutil.which("createdb"):
        missing("PostgreSQL is missing: apt install postgresql")
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/wegweiser-fresh.XXXXXX"], text=True).strip())
    folder.chmod(0o711)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    control = [*as_user, str(binaries[-1] / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    initdb = [str(binaries[-1] / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"]
    quietly = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    try:
        subprocess.run([*as_user, *initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], **quietly)  # type: ignore[call-overload]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], **quietly)  # type: ignore[call-overload]
        yield folder
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Machine:
    """Stands in for a bare one: everything below one folder."""

    root: Path
    database: Path
    seconds: dict[str, float] = field(default_factory=dict)

    def here(self, text: str) -> str:
        for place in PLACES:
            text = text.replace(place, f"{self.root}{place}")
        return text.replace("/run/postgresql", str(self.database))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in (*OWN, "DJANGO_SETTINGS_MODULE")}
        path = f"{self.root}/usr/local/bin:{ROOT / '.uv' / 'bin'}:{os.environ['PATH']}"
        admin = {"USERNAME": "admin", "EMAIL": "admin@example.org", "PASSWORD": "einlangeskennwort"}
        return {
            **kept,
            **{f"DJANGO_SUPERUSER_{name}": value for name, value in admin.items()},
            "PATH": path,
            "PGHOST": str(self.database),
            "UV_OFFLINE": "1",  # what this machine has built before: no test asks the network
        }

    def run(self, line: str) -> None:
        """As the sheet says it; who runs it is left out, for this machine may not have these users."""
        words = shlex.split(self.here(line))
        if words[:2] == ["runuser", "-u"]:
            user, words = words[2], words[4:]
            words = ["env", "PGUSER=postgres", *words] if user == "postgres" else words
        if words[:2] == ["git", "clone"]:
            self.clone(Path(words[-1]))
            return
        if words[0] == "install":
            words = without_users(words)
            Path(words[-1]).parent.mkdir(parents=True, exist_ok=True)
        if words[0] == "python3":
            words[0] = sys.executable
        if "createsuperuser" in words:
            words.append("--noinput")
        started = time.monotonic()
        result = subprocess.run(words, env=self.environment, cwd=self.root, capture_output=True, text=True)
        self.seconds[line] = time.monotonic() - started
        faults_are_expected = words[-1] == "doctor"
        assert result.returncode == 0 or faults_are_expected, f"{line}\n{result.stdout}\n{result.stderr}"
        if faults_are_expected:
            self.told = result.stdout
        self.adapt(Path(words[-1]))

    def clone(self, target: Path) -> None:
        listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)

    def adapt(self, installed: Path) -> None:
        """Files that name places, once they are where the sheet puts them."""
        if installed.is_file() and installed.is_relative_to(self.root) and "/opt/" not in str(installed):
            installed.write_text(self.here(installed.read_text()))

    def settings(self) -> Mapping[str, str]:
        lines = (self.root / "etc/wegweiser.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def without_users(words: list[str]) -> list[str]:
    named = {at + 1 for at, word in enumerate(words) if word in ("-o", "-g")}
    return [word for at, word in enumerate(words) if at not in named and word not in ("-o", "-g")]


@pytest.fixture(scope="module")
def machine(postgresql: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    made = Machine(tmp_path_factory.mktemp("machine"), postgresql)
    for line in commands(SHEET.read_text(encoding="utf-8")):
        if not line.startswith(OF_THE_MACHINE):
            made.run(line)
    return made


@pytest.fixture(scope="module")
def server(machine: Machine) -> Iterator[Server]:
    """The service's own command, with its own settings."""
    unit = (machine.root / "etc/systemd/system/wegweiser.service").read_text()
    [command] = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    assert command.endswith("/.venv/bin/wegweiser serve --port 8000")
    started = time.monotonic()
    log = machine.root / "serve.log"
    server = Server(log.with_suffix(""), {**machine.environment, **machine.settings()}, program=command.split()[0])
    try:
        server.wait()
        machine.seconds[command] = time.monotonic() - started
        yield server
    finally:
        server.stop()


def test_the_sheet_leads_from_a_bare_machine_to_a_page_over_https(
    machine: Machine, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    status, headers, page = server.ask("/de/")
    assert status == 200
    assert 'lang="de"' in page
    assert "strict-transport-security" in headers
    assert server.ask("/de/", X_Forwarded_Proto="http")[0] == 301
    assert server.ask("/admin/")[0] in (200, 302)
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *in_words(machine.seconds), ""]))


def in_words(seconds: Mapping[str, float]) -> list[str]:
    lines = [f"{taken:6.1f} s  {line}" for line, taken in seconds.items()]
    return [*lines, f"{sum(seconds.values()):6.1f} s  from a bare machine to the first page"]


def test_the_doctor_asks_for_nothing_but_what_only_the_city_knows(machine: Machine) -> None:
    errors = [line for line in machine.told.splitlines() if line.startswith("error")]
    assert [line.split(":")[0].split()[1] for line in errors] in ([], ["publisher"]), machine.told


def test_nobody_else_reads_the_data_folder(machine: Machine) -> None:
    assert (machine.root / "var/lib/wegweiser").stat().st_mode & 0o077 == 0
    assert (machine.root / "etc/wegweiser.env").stat().st_mode & 0o007 == 0


def test_only_what_belongs_to_the_whole_machine_is_left_out() -> None:
    lines = commands(SHEET.read_text(encoding="utf-8"))
    left_out = [line for line in lines if line.startswith(OF_THE_MACHINE)]
    assert len(lines) - len(left_out) > 10
    assert any("enable --now wegweiser.service" in line for line in left_out)
