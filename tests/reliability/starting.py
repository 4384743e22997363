"""Wegweiser as an operator starts it: a process of its own with production settings."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# What this process may have set for itself: an operator's machine has none of it.
OWN = (
    *("WEGWEISER_DATA_DIR", "LANGUAGES", "DATABASE_URL", "SEARCH_URL", "SECRET_KEY", "DEBUG", "PUBLIC_URL"),
    *("SEARCH_API_KEY", "SEARCH_CA_FILE"),
    *("SECOND_FACTOR", "ALLOWED_HOSTS", "TRUSTED_PROXY", "EMAIL_URL", "LOG_LEVEL", "STATIC_ROOT"),
)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    good = {
        "DJANGO_SETTINGS_MODULE": "wegweiser.settings.production",
        "WEGWEISER_DATA_DIR": str(folder),
        "PUBLIC_URL": "https://wegweiser.example.org",
        "ALLOWED_HOSTS": "wegweiser.example.org",
        "TRUSTED_PROXY": "true",
    }
    return {name: value for name, value in {**kept, **good, **settings}.items() if value != "-"}


def wegweiser(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wegweiser", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=280)


class Server:
    """`wegweiser serve` in a process of its own, as the proxy in front of it speaks to it."""

    def __init__(self, folder: Path, env: Mapping[str, str], *arguments: str, program: str = "") -> None:
        self.port = free_port()
        self.log = folder.parent / f"{folder.name}.log"
        command = [
            sys.executable,
            "-m",
            "wegweiser",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "1",
            *arguments,
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=dict(env), stdout=log, stderr=subprocess.STDOUT)

    def ask(
        self, path: str, *, method: str = "GET", body: str = "", **headers: str
    ) -> tuple[int, Mapping[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        usual = {"Host": "wegweiser.example.org", "X-Forwarded-Proto": "https"}
        if body:
            usual["Content-Type"] = "application/x-www-form-urlencoded"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body or None, {**usual, **named})
            response = connection.getresponse()
            given = {name.lower(): ", ".join(response.headers.get_all(name, ())) for name in response.headers}
            return response.status, given, response.read().decode(errors="replace")
        finally:
            connection.close()

    def wait(self, seconds: float = 240) -> None:
        until = time.monotonic() + seconds
        while True:
            try:
                if self.ask("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(self.log.read_text())
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=40)


@contextmanager
def serving(folder: Path, env: Mapping[str, str], *arguments: str) -> Iterator[Server]:
    server = Server(folder, env, *arguments)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
