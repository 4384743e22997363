import os

import pytest

from wegweiser import __main__ as command


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", calls.append)
    monkeypatch.setattr(command, "_compile_catalogs", lambda: None)
    monkeypatch.setenv("WEGWEISER_DATA_DIR", "/from/the/environment")
    return calls


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["wegweiser", *arguments])
    command.main()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["wegweiser", "demo"]),
        (["--no-serve"], ["wegweiser", "demo", "--no-serve"]),
        (["--port", "8001"], ["wegweiser", "demo", "--port", "8001"]),
        (["demo", "--reset"], ["wegweiser", "demo", "--reset"]),
        (["migrate"], ["wegweiser", "migrate"]),
        (["--help"], ["wegweiser", "--help"]),
        (["--version"], ["wegweiser", "--version"]),
    ],
)
def test_options_alone_mean_the_demo(
    monkeypatch: pytest.MonkeyPatch, called: list[list[str]], arguments: list[str], expected: list[str]
) -> None:
    run(monkeypatch, *arguments)
    assert called == [expected]


@pytest.mark.parametrize("arguments", [["--data-dir", "/tmp/x"], ["--data-dir=/tmp/x"]])
def test_the_data_folder_is_known_before_the_settings_are_read(
    monkeypatch: pytest.MonkeyPatch, called: list[list[str]], arguments: list[str]
) -> None:
    run(monkeypatch, *arguments)
    assert os.environ["WEGWEISER_DATA_DIR"] == "/tmp/x"
    assert called[0][1] == "demo"


def test_without_the_option_the_environment_names_the_folder(
    monkeypatch: pytest.MonkeyPatch, called: list[list[str]]
) -> None:
    run(monkeypatch, "migrate", "--data-dir")
    assert os.environ["WEGWEISER_DATA_DIR"] == "/from/the/environment"


@pytest.mark.parametrize(
    ("argument", "settings"), [("serve", "production"), ("demo", "base"), ("migrate", "base")]
)
def test_serving_means_production_settings(
    monkeypatch: pytest.MonkeyPatch, called: list[list[str]], argument: str, settings: str
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    run(monkeypatch, argument)
    assert os.environ["DJANGO_SETTINGS_MODULE"] == f"wegweiser.settings.{settings}"


def test_named_settings_win(monkeypatch: pytest.MonkeyPatch, called: list[list[str]]) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "city.settings")
    run(monkeypatch, "serve")
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "city.settings"
