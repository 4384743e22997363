import pytest

from referrals.hours import around_the_clock, is_night, open_then


@pytest.mark.parametrize(
    ("hours", "when", "open_at", "is_open"),
    [
        ("24/7", "night", "03:00", True),
        ("24/7", "night", None, True),
        ("24/7", "weekend", None, True),
        ("Mo-Fr 09:00-17:00", "night", "03:00", False),
        ("Mo-Fr 09:00-17:00", "weekend", "12:00", False),
        ("Mo-Su 20:00-24:00", "night", None, False),
        ("Mo-Su 20:00-24:00", "night", "23:00", True),
        ("Mo-Sa 14:00-20:00", "weekend", "15:00", True),
        ("Mo-Sa 14:00-20:00", "weekend", None, True),
        ("Mo-Sa 14:00-20:00", "weekend", "21:00", False),
        ("Mo-Fr 14:00-20:00", "weekend", None, False),
        ("Mo-Fr 00:00-06:00", "night", "03:00", False),
        ("Mo-Fr 08:00-20:00", "day", None, True),
        ("Mo-Fr 08:00-20:00", "evening", None, False),
        ("Mo-Fr 08:00-22:00", "evening", None, True),
        ("Mo-Fr 08:00-20:00; PH off", "day", "10:00", True),
        ("", "night", "03:00", False),
        ("always, call us", "night", "03:00", False),
    ],
)
def test_open_at_that_time(hours: str, when: str, open_at: str | None, is_open: bool) -> None:
    assert open_then(hours, when, open_at) is is_open


def test_without_a_time_nothing_counts_as_open() -> None:
    assert not open_then("24/7", "", None)


@pytest.mark.parametrize(
    ("open_at", "night"), [("22:00", True), ("03:00", True), ("06:00", False), ("21:59", False), (None, False)]
)
def test_night(open_at: str | None, night: bool) -> None:
    assert is_night(open_at) is night


@pytest.mark.parametrize(
    ("hours", "always"),
    [("24/7", True), ("Mo-Su 00:00-24:00", True), ("Mo-Fr 00:00-24:00", False), ("", False), ("?", False)],
)
def test_around_the_clock(hours: str, always: bool) -> None:
    assert around_the_clock(hours) is always
