"""The files for servers, read as their programs would: nothing open, nothing logged, versions that agree.

No container daemon runs the tests: what is proved here is what the files say, not that an image builds.
"""

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

import start
from search.cluster import address
from tests.conftest import CI

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNITS = sorted(DEPLOY.glob("*.service"))
CLOSED = {
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "UMask=0077",
    "CapabilityBoundingSet=",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = COMPOSE["services"][name]
    return found


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def uncommented(name: str) -> str:
    return "\n".join(line for line in text(name).splitlines() if not line.strip().startswith("#"))


class TestCompose:
    def test_the_services(self) -> None:
        assert set(COMPOSE["services"]) == {"app", "database", "proxy", "elasticsearch"}

    def test_the_app_is_read_only_and_has_no_rights(self) -> None:
        app = service("app")
        assert app["read_only"] is True
        assert app["tmpfs"] == ["/tmp"]
        assert app["cap_drop"] == ["ALL"]
        assert app["volumes"] == ["data:/data"]
        assert "privileged" not in app
        assert "user" not in app or app["user"] != "root"

    @pytest.mark.parametrize("name", list(COMPOSE["services"]))
    def test_nobody_gains_rights(self, name: str) -> None:
        assert "no-new-privileges:true" in service(name)["security_opt"]

    def test_only_the_proxy_can_be_reached_from_outside(self) -> None:
        open_ports = {
            name: [port for port in each.get("ports", []) if not port.startswith("127.0.0.1:")]
            for name, each in COMPOSE["services"].items()
        }
        assert {name for name, ports in open_ports.items() if ports} == {"proxy"}
        assert open_ports["proxy"] == ["80:80", "443:443"]

    def test_the_proxy_does_not_see_the_database(self) -> None:
        assert not set(service("proxy")["networks"]) & set(service("database")["networks"])

    def test_elasticsearch_starts_only_when_it_is_named(self) -> None:
        assert service("elasticsearch")["profiles"] == ["search"]
        waiting = [
            name for name, each in COMPOSE["services"].items() if "elasticsearch" in each.get("depends_on", ())
        ]
        assert waiting == []

    def test_elasticsearch_asks_who_is_there(self) -> None:
        node = service("elasticsearch")
        assert node["environment"]["xpack.security.enabled"] == "true"
        assert node["environment"]["ELASTIC_PASSWORD"] == "${SEARCH_PASSWORD:-}"
        assert node["ports"] == ["127.0.0.1:9200:9200"]
        assert not set(node["networks"]) & set(service("proxy")["networks"])

    def test_the_address_of_the_example_is_one(self) -> None:
        [written] = re.findall(r"^#SEARCH_URL=(.+)$", text("compose.env"), re.MULTILINE)
        where = address.read(written)
        assert (where.host, where.port, where.user) == ("elasticsearch", 9200, "elastic")

    def test_no_password_stands_in_the_file(self) -> None:
        values = re.findall(
            r"(?:PASSWORD\w*|SECRET\w*): (.+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")
        )
        assert values
        assert all(value.startswith("${") for value in values)
        assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    def test_every_variable_is_in_the_example(self) -> None:
        used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
        assert used == set(re.findall(r"^#?(\w+)=", text("compose.env"), re.MULTILINE))

    def test_every_volume_and_network_is_declared(self) -> None:
        for each in COMPOSE["services"].values():
            named = [volume.split(":")[0] for volume in each.get("volumes", []) if not volume.startswith(".")]
            assert set(named) <= set(COMPOSE["volumes"])
            assert set(each["networks"]) <= set(COMPOSE["networks"])

    def test_the_image_is_that_of_this_version(self) -> None:
        assert service("app")["image"] == f"wegweiser:{PROJECT['version']}"

    def test_languages_are_those_that_are_on_without_it(self) -> None:
        base = (ROOT / "site/wegweiser/settings/base.py").read_text(encoding="utf-8")
        [listed] = re.findall(r'"LANGUAGES", default=\[([^]]+)\]', base)
        default = re.findall(r"LANGUAGES:-([\w,-]+)", service("app")["environment"]["LANGUAGES"])
        assert default == [",".join(re.findall(r'"([\w-]+)"', listed))]


class TestDockerfile:
    def stages(self) -> list[str]:
        return re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]

    def test_bases_are_pinned_by_tag(self) -> None:
        names = [stage.split()[0] for stage in self.stages()]
        assert names == ["python:3.11-slim-bookworm"] * 2
        assert ":latest" not in DOCKERFILE

    def test_the_image_has_no_tools_to_build_with(self) -> None:
        last = self.stages()[-1]
        assert "apt-get" not in last
        assert "pip install" not in last
        assert "/usr/local/bin/uv" not in last

    def test_it_runs_as_nobody_in_particular(self) -> None:
        [user] = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
        assert user == "10001:10001"
        after = DOCKERFILE.split(f"USER {user}")[1]
        assert "COPY" not in after
        assert "RUN" not in after

    def test_what_is_installed_is_locked(self) -> None:
        syncs = re.findall(r"^RUN (uv sync .+)$", DOCKERFILE, re.MULTILINE)
        assert syncs
        assert all("--frozen" in line and "--no-dev" in line for line in syncs)

    def test_it_is_built_by_the_same_uv_as_everywhere(self) -> None:
        assert f"astral-sh/uv:{start.UV_VERSION} " in DOCKERFILE

    def test_it_is_asked_for_its_health(self) -> None:
        assert "HEALTHCHECK" in DOCKERFILE
        assert "/healthz" in DOCKERFILE

    def test_its_settings_are_those_of_production(self) -> None:
        assert "DJANGO_SETTINGS_MODULE=wegweiser.settings.production WEGWEISER_DATA_DIR=/data" in DOCKERFILE

    def test_its_command_exists(self) -> None:
        [arguments] = re.findall(r"^CMD \[(\"serve\".+)\]$", DOCKERFILE, re.MULTILINE)
        words = re.findall(r'"([^"]+)"', arguments)
        command = load_command_class(get_commands()["serve"], "serve")
        command.create_parser("wegweiser", "serve").parse_args(words[1:])

    def test_only_what_is_copied_reaches_the_builder(self) -> None:
        lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        allowed = {line[1:] for line in lines if line.startswith("!")}
        copied = {
            word
            for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
            for word in line.split()[:-1]
        }
        assert "*" in lines
        assert copied == allowed
        assert all((ROOT / name).exists() for name in copied)


class TestProxies:
    def test_nginx_logs_no_visitor(self) -> None:
        conf = uncommented("nginx.conf")
        servers = conf.count("server {")
        assert conf.count("access_log off;") == servers
        assert set(re.findall(r"access_log ([^;]+);", conf)) == {"off"}
        assert conf.count(" crit;") == servers
        assert len(re.findall(r"error_log ", conf)) == servers

    def test_nginx_sets_what_wegweiser_believes_and_passes_on_no_address(self) -> None:
        conf = uncommented("nginx.conf")
        assert "proxy_set_header X-Forwarded-Proto $scheme;" in conf
        public, staff = conf.split("location / {\n        proxy_pass")[1].split("location /admin/ {")
        assert 'proxy_set_header X-Forwarded-For "";' in public
        assert "proxy_set_header X-Forwarded-For $remote_addr;" in staff  # sign-in is throttled per network
        assert conf.count("$remote_addr") == 1
        assert "$proxy_add_x_forwarded_for" not in conf

    def test_nginx_keeps_nothing_that_was_typed_in_a_file(self) -> None:
        conf = uncommented("nginx.conf")
        assert "proxy_request_buffering off;" in conf
        assert "proxy_max_temp_file_size 0;" in conf
        assert "proxy_cache" not in conf

    def test_braces_are_balanced(self) -> None:
        for name in ("nginx.conf", "Caddyfile"):
            assert uncommented(name).count("{") == uncommented(name).count("}")

    def test_caddy_has_no_access_log(self) -> None:
        blocks = uncommented("Caddyfile").split("{$SITE_HOST}")
        assert "log" not in blocks[1].split()
        assert "request delete" in blocks[0]
        staff, public = blocks[1].split("handle {")
        assert "handle /admin/*" in staff
        assert "header_up -X-Forwarded-For" in public


class TestUnits:
    @pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
    def test_they_run_as_an_ordinary_user_in_a_closed_room(self, unit: Path) -> None:
        lines = set(unit.read_text(encoding="utf-8").splitlines())
        assert "User=wegweiser" in lines
        for line in (
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "UMask=0077",
        ):
            assert line in lines
        assert "CapabilityBoundingSet=" in lines

    @pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
    def test_they_call_a_command_that_exists(self, unit: Path) -> None:
        [line] = re.findall(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        words = re.sub(r"\$\$\([^)]*\)", "DAY", line).replace("'", "").split()
        at = words.index("/opt/wegweiser/.venv/bin/wegweiser") + 1
        command = load_command_class(get_commands()[words[at]], words[at])
        command.create_parser("wegweiser", words[at]).parse_args(words[at + 1 :])

    def test_each_timer_has_its_service(self) -> None:
        for timer in DEPLOY.glob("*.timer"):
            assert timer.with_suffix(".service") in UNITS

    @pytest.mark.parametrize("unit", [*UNITS, *DEPLOY.glob("*.timer")], ids=lambda path: path.name)
    def test_systemd_reads_them(self, unit: Path, tmp_path: Path) -> None:
        if not shutil.which("systemd-analyze"):
            if CI:
                self.reads_as_ini(unit)
                return
            pytest.skip("systemd-analyze is missing")
        for path in (*UNITS, *DEPLOY.glob("*.timer")):
            there = path.read_text(encoding="utf-8").replace("/opt/wegweiser/.venv/bin/wegweiser", "/bin/true")
            (tmp_path / path.name).write_text(there)
        command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
        result = subprocess.run(command, capture_output=True, text=True)
        complaints = [line for line in result.stderr.splitlines() if "wegweiser" in line]
        assert (result.returncode, complaints) == (0, [])

    def reads_as_ini(self, unit: Path) -> None:
        parser = configparser.RawConfigParser(strict=False)
        parser.read_string(unit.read_text(encoding="utf-8"))
        assert "Unit" in parser


class TestSettings:
    def test_every_setting_of_the_example_is_read(self) -> None:
        named = set(re.findall(r"^#?([A-Z_]+)=", text("wegweiser.env"), re.MULTILINE))
        folder = ROOT / "site" / "wegweiser" / "settings"
        read = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
        assert len(named) > 8
        assert {name for name in named - {"DJANGO_SETTINGS_MODULE"} if f'"{name}"' not in read} == set()

    def test_the_wrapper_is_a_program(self) -> None:
        path = DEPLOY / "wegweiser"
        assert path.stat().st_mode & 0o111
        assert subprocess.run(["sh", "-n", str(path)]).returncode == 0
