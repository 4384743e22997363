import time

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from directory import by_hand
from directory.by_hand import ByHand, filled_in_by_hand, now, opened


class TestTime:
    def test_who_takes_some_seconds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = time.time()
        since = opened(clock)
        assert not filled_in_by_hand(since)
        monkeypatch.setattr(time, "time", lambda: clock + by_hand.LEAST_SECONDS + 1)
        assert filled_in_by_hand(since)

    @pytest.mark.parametrize("since", ["", "x", "1:2:3", signing.dumps("soon", salt="directory.by_hand")])
    def test_a_time_that_we_did_not_write_is_none(self, since: str) -> None:
        assert not filled_in_by_hand(since)

    def test_a_time_signed_for_something_else_is_none(self) -> None:
        assert not filled_in_by_hand(signing.dumps(0, salt="another form"))

    @given(st.text(max_size=60))
    def test_whatever_is_sent_is_an_answer(self, since: str) -> None:
        assert not filled_in_by_hand(since)


class TestForm:
    def test_somebody_who_reads_before_sending(self) -> None:
        assert ByHand({"since": opened(time.time() - 60)}).is_valid()

    def test_somebody_faster_than_hands_is_asked_to_send_again(self) -> None:
        form = ByHand({"since": now()})
        assert not form.is_valid()
        assert form.non_field_errors()

    def test_who_fills_in_what_nobody_sees(self) -> None:
        form = ByHand({"since": opened(0), "more": "https://example.org"})
        assert form.non_field_errors()
