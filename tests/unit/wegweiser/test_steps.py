import io
import re

import pytest

from wegweiser.steps import Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_step_is_numbered_and_timed_when_it_is_done() -> None:
    stream = io.StringIO()
    steps = Steps(stream)
    with steps.step("Database"):
        assert stream.getvalue() == ""
    with steps.step("Index"):
        pass
    assert re.fullmatch(r"1\. Database: \d+\.\d s\n2\. Index: \d+\.\d s\n", stream.getvalue())


def test_a_person_sees_a_bar_that_grows() -> None:
    stream = Terminal()
    with Steps(stream).step("Index") as progress:
        progress(1, 3)
        progress(3, 3)
    bars = re.findall(r"\[(█*)(·*)\] (\d/\d)", stream.getvalue())
    assert [(len(full), len(empty), count) for full, empty, count in bars] == [(10, 20, "1/3"), (30, 0, "3/3")]


def test_a_log_file_gets_no_bar() -> None:
    stream = io.StringIO()
    with Steps(stream).step("Index") as progress:
        progress(1, 3)
    assert "█" not in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_nothing_to_do_is_no_division_by_zero() -> None:
    stream = Terminal()
    with Steps(stream).step("Index") as progress:
        progress(0, 0)
    assert "0/0" in stream.getvalue()


def test_a_failed_step_is_not_reported_as_done() -> None:
    stream = io.StringIO()

    def fail() -> None:
        with Steps(stream).step("Index"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stream.getvalue() == ""
