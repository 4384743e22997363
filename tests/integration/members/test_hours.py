"""Hours are filled in as lines and read back in words, by the script and by the page itself."""

import pytest
from django.test import Client

from tests.integration.members.making import codes, complete, draft, member, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel(db: None) -> Client:
    roles.install()
    codes()
    return signed_in(member("house", language="en"))


def test_a_second_line_is_added_to_the_hours(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "zeiten").save(
        opening_hours__1__days="2", opening_hours__1__begin="14:00", opening_hours__1__end="18:00"
    )
    assert draft("advice").opening_hours == "Mo-Fr 09:00-12:00, We 14:00-18:00"


def test_all_lines_emptied_are_no_hours(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "zeiten").save(
        opening_hours__0__days=[], opening_hours__0__begin="", opening_hours__0__end=""
    )
    assert draft("advice").opening_hours == ""


def test_a_half_filled_line_comes_back_with_its_words(asel: Client) -> None:
    complete("advice")
    response = Screen(asel, "advice", "zeiten").save(opening_hours__1__begin="14:00")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Each line needs its days, and from when to when." in html
    assert 'value="14:00"' in html
    assert draft("advice").opening_hours == "Mo-Fr 09:00-12:00"


def test_an_end_before_the_beginning_is_a_night(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "zeiten").save(opening_hours__0__begin="22:00", opening_hours__0__end="02:00")
    assert draft("advice").opening_hours == "Mo-Fr 22:00-02:00"


@pytest.mark.parametrize("hours", ["Mo[1] 10:00-12:00", "Apr-Sep Mo 10:00-12:00"])
def test_hours_that_fit_no_lines_are_edited_as_text(asel: Client, hours: str) -> None:
    complete("advice", opening_hours=hours)
    screen = Screen(asel, "advice", "zeiten")
    assert screen.data["opening_hours"] == hours
    screen.save(opening_hours="Mo 10:00-12:00")
    assert draft("advice").opening_hours == "Mo 10:00-12:00"


def test_text_that_is_no_hours_is_refused_in_words(asel: Client) -> None:
    complete("advice", opening_hours="Mo[1] 10:00-12:00")
    response = Screen(asel, "advice", "zeiten").save(opening_hours="immer")
    assert response.status_code == 422
    assert "cannot be read" in response.content.decode()


def read(asel: Client, **values: object) -> dict[str, object]:
    found: dict[str, object] = asel.post("/konto/zeiten/", values).json()
    return found


def test_the_script_reads_lines_back(asel: Client) -> None:
    answer = read(
        asel,
        **{
            "opening_hours-lines": "1",
            "opening_hours-0-days": ["0", "1"],
            "opening_hours-0-begin": "9",
            "opening_hours-0-end": "12",
        },
    )
    assert answer["problem"] == ""
    assert "Monday and Tuesday" in str(answer["words"])


def test_the_script_reads_text_back_and_says_what_is_wrong(asel: Client) -> None:
    assert "Monday" in str(read(asel, opening_hours="Mo 10:00-12:00")["words"])
    assert "Not understood" in str(read(asel, opening_hours="Mo 10:00-12:00 quatsch")["problem"])
    assert "too long" in str(read(asel, opening_hours="Mo " * 400)["problem"])
    half = {"opening_hours-lines": "1", "opening_hours-0-days": "0"}
    assert read(asel, **half) == {"words": [], "problem": "Each line needs its days, and from when to when."}


def test_only_members_ask_and_only_by_post(asel: Client) -> None:
    assert asel.get("/konto/zeiten/").status_code == 405
    assert Client().post("/konto/zeiten/").status_code == 302
