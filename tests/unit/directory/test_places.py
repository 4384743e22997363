import pytest
from django.utils.translation import override

from directory.models import Place
from directory.places import shown, town

STREET = "Geheimweg 7"


def place(visibility: str, address: str = f"{STREET}, 40210 Düsseldorf") -> Place:
    return Place(name="Frauenhaus", address=address, visibility=visibility, areas=["duesseldorf"])


def test_a_full_address_is_shown() -> None:
    found = shown(place("full"))
    assert found.address == f"{STREET}, 40210 Düsseldorf"
    assert not found.is_secret


def test_the_name_is_shown_in_the_language_it_has() -> None:
    with override("ar"):
        name = shown(place("full")).name
    assert (name.text, name.lang, name.is_fallback) == ("Frauenhaus", "de", True)


def test_a_partial_one_keeps_the_town_only() -> None:
    found = shown(place("partial"))
    assert found.address == "40210 Düsseldorf"
    assert found.is_secret


@pytest.mark.parametrize("visibility", ["hidden", "a value that is not known"])
def test_a_hidden_one_tells_nothing_at_all(visibility: str) -> None:
    found = shown(place(visibility))
    assert (str(found.name), found.address, found.areas) == ("", "", ())
    assert found.is_secret


@pytest.mark.parametrize("address", [STREET, "", "Geheimweg 40210", "Hof 3a im Park"])
def test_without_a_postcode_before_a_town_nothing_is_cut_out(address: str) -> None:
    assert town(address) == ""
