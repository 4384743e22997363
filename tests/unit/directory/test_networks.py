import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.networks import HOUR, Networks, network

ADDRESS = "203.0.113.77"


class TestNetworks:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("203.0.113.77", "203.0.113.9", True),
            ("203.0.113.77", "203.0.114.77", False),
            ("2001:db8:1:1f::1", "2001:db8:1:2a::9", True),
            ("2001:db8:1:1f::1", "2001:db8:2:1f::1", False),
            ("::ffff:203.0.113.77", "203.0.113.9", True),
            ("", "no address", True),
        ],
    )
    def test_a_network_is_what_a_provider_gives_to_many(self, one: str, other: str, same: bool) -> None:
        assert (network(one) == network(other)) is same

    def test_its_number_means_nothing_after_an_hour_or_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found, elsewhere = Networks(), Networks()
        first = found.number(ADDRESS)
        assert found.number(ADDRESS) == first
        assert elsewhere.number(ADDRESS) != first
        later = time.time() + HOUR
        monkeypatch.setattr("directory.networks.time.time", lambda: later)
        assert found.number(ADDRESS) != first

    @given(st.ip_addresses())
    def test_whoever_is_beside_it_has_the_same_number(self, address: object) -> None:
        found = Networks()
        assert found.number(str(address)) == found.number(network(str(address)).split("/")[0])

    @given(st.text(max_size=40))
    def test_what_is_no_address_is_some_network(self, text: str) -> None:
        assert isinstance(Networks().number(text), str)
