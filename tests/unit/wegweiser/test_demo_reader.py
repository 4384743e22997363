from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.wegweiser import small_data
from tests.unit.wegweiser.small_data import COUNTRY, DEADLINES, HOUSE, SITE, TOWN
from wegweiser.demo.reader import read
from wegweiser.demo.sheets import DataError


def test_everything_is_read_with_its_type(tmp_path: Path) -> None:
    data = read(small_data.write(tmp_path))
    advice, other = data.listings
    assert (advice["slug"], other["slug"]) == ("advice", "other")
    assert advice["anonymous"] == "no"  # plain YAML would have made it False
    assert advice["title_de_simple"] == "Rat in einfachen Worten"
    assert advice["valid_until"] == date(2030, 1, 31)
    assert advice["waiting_weeks"] == 3
    assert advice["field_sources"] == {"cost": "a page"}
    assert advice["contacts"][0].values == {
        "kind": "phone", "value": "0211 000000", "opening_hours": "Mo-Fr 09:00-12:00",
    }  # fmt: skip
    assert advice["places"][0]["since"] == date(2025, 8, 15)
    assert advice["competence_rows"][0]["danger_now"] is False
    assert advice["exclusions"][0]["then_go_to"] == ["other"]
    assert "note" not in other.values  # a key without a value is absent


def test_a_date_without_zone_is_local_time(tmp_path: Path) -> None:
    data = read(small_data.write(tmp_path))
    assert data.listings[0]["dates"][0]["starts_at"] == datetime(2026, 2, 23, 16, tzinfo=UTC)


def test_a_date_with_zone_keeps_it(tmp_path: Path) -> None:
    house = HOUSE.replace("2026-02-23 17:00", "2026-02-23T17:00+00:00")
    data = read(small_data.write(tmp_path, house=house))
    assert data.listings[0]["dates"][0]["starts_at"] == datetime(2026, 2, 23, 17, tzinfo=UTC)


def test_larger_areas_come_first(tmp_path: Path) -> None:
    data = read(small_data.write(tmp_path))
    assert [area["slug"] for area in data.areas] == ["land", "town"]


def test_a_record_knows_its_file_and_line(tmp_path: Path) -> None:
    data = read(small_data.write(tmp_path))
    assert [listing.where for listing in data.listings] == [
        "organisations/house.yaml:5", f"organisations/house.yaml:{line_of(HOUSE, '- slug: other')}",
    ]  # fmt: skip


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


BROKEN = [
    # file, what is replaced, by what, words whose line is told (in the new text), complaint
    ("house", "name_de: Haus", "name_de: 'Haus", "", "no valid YAML"),
    ("house", "name_de: Haus", "name_de: {Haus", "", "no valid YAML"),
    ("house", "name_de: Haus", "\tname_de: Haus", "\tname", "no valid YAML"),
    ("house", HOUSE, "", "", "the file is empty"),
    ("house", HOUSE, "- house\n", "", "must be a table"),
    ("house", HOUSE, f"{HOUSE}---\n{HOUSE}", "---", "no valid YAML"),
    ("house", "type: independent", "typ: independent", "typ:", "unknown key “typ”: did you mean “type”?"),
    ("house", "type: independent", "zzz: 1", "zzz", "unknown key “zzz”: use one of slug, "),
    ("house", "type: independent", "type: a\ntype: b", "type: b", "stands here twice"),
    ("house", "type: independent", "type: private", "type:", "unknown code “private”"),
    ("house", "type: independent", "type: [state]", "type:", "must be a code, not a list"),
    ("house", "type: independent", "website: example.org", "website", "is no web address"),
    ("house", "name_de: Haus\n", "", "slug", "“name_de” is missing"),
    ("house", "name_de: Haus", "name_de: ''", "slug", "“name_de” is missing"),
    ("house", "slug: house", "slug: house 1", "slug", "is no slug"),
    ("house", "slug: house", "slug: home", "slug", "differs from the file's name"),
    ("house", "slug: other", "slug: advice", "slug: advice\n    kind: offer", "taken by organisations/"),
    ("house", "title_de: Rat\n", f"title_de: {'x' * 251}\n", "title_de: x", "251 characters are too many"),
    ("house", "title_de: Rat\n", 'title_de: "R\\0at"\n', "title_de: ", "control character"),
    ("house", "title_de: Rat\n", 'title_de: "R\\ud800at"\n', "title_de: ", "control character"),
    ("house", "      - racism", "      - racsim", "racsim", "“racsim” is not among the grounds: did you"),
    ("house", "      - racism", "      racism: 1", "racism", "must be a list"),
    ("house", "role: general", "role: nobody", "role", "“nobody” is not among the roles: use one of"),
    ("house", "      - town", "      - twon", "twon", "“twon” is not among the areas: did you mean “town”?"),
    ("house", "          - other", "          - lost", "lost", "“lost” is not among the listings"),
    ("house", "          - violence", "          - fire", "fire", "“fire” is not among the what"),
    ("house", "danger_now: false", "danger_now: maybe", "danger_now", "must be true or false"),
    ("house", "Mo-Fr 09:00-12:00", "9 bis 12", "9 bis 12", "no opening hours in OSM syntax"),
    ("house", "2030-01-31", "31.1.2030", "31.1.2030", "is no date: write it as"),
    ("house", "2030-01-31", "2030-02-31", "2030-02-31", "is no date: write it as"),
    ("house", "2026-02-23 17:00", "Montag", "Montag", "is no date and time"),
    ("house", "waiting_weeks: 3", "waiting_weeks: -3", "waiting_weeks", "must be a whole number"),
    ("house", "      cost: a page", "      - cost", "- cost", "must be a table"),
    ("house", "        value: 0211 000000\n", "", "kind: phone", "“value” is missing"),
    ("house", "        value: 0211 000000", "        value: {}", "{}", "must be words, not a list"),
    ("house", "    audience: both\n", "", "slug: other", "“audience” is missing"),
    ("town", "parent: land", "parent: mond", "parent", "“mond” is not among the areas"),
    ("town", "level: city", "level: village", "level", "unknown code “village”"),
    ("town", "'01067'", "1067", "1067", "is no postcode"),
    ("town", "slug: town", "slug: twon", "slug", "differs from the file's name"),
    ("land", "level: country", "level: city", "", "is not larger"),
    ("land", "name_de: Land", "name_de: Land\nparent: land", "", "is not larger"),
    ("deadlines", "slug: sue", "slug: claim", "slug: claim\n    act_de: klagen", "is taken by deadlines.yaml:2"),
    ("deadlines", "follows: claim", "follows: clam", "follows", "“clam” is not among the deadlines"),
    ("deadlines", "period_iso: P2M", "period_iso: 2 months", "period_iso", "is no period such as"),
    ("deadlines", "        - work", "        - wrok", "wrok", "“wrok” is not among the life_areas"),
    ("deadlines", DEADLINES, "deadlines:\n", "", "“deadlines” is missing"),
    ("site", "home_area: town", "home_area: nowhere", "home_area", "“nowhere” is not among the areas"),
    ("site", SITE, "demo: true\n", "", "“home_area” is missing"),
]  # fmt: skip
TEXTS = {"house": HOUSE, "town": TOWN, "land": COUNTRY, "deadlines": DEADLINES, "site": SITE}


@pytest.mark.parametrize(("file", "old", "new", "words", "complaint"), BROKEN)
def test_a_mistake_is_one_error_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, words: str, complaint: str
) -> None:
    assert old in TEXTS[file]
    broken = TEXTS[file].replace(old, new, 1)
    with pytest.raises(DataError) as caught:
        read(small_data.write(tmp_path, **{file: broken}))
    message = str(caught.value)
    assert complaint in message
    assert "\n" not in message
    place, _rest = message.split(": ", 1)
    name, line = place.rsplit(":", 1)
    if words:
        assert Path(name).stem == file
        assert int(line) == line_of(broken, words)
    assert int(line) >= 1


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    folder = small_data.write(tmp_path)
    (folder / "site.yaml").write_bytes(SITE.encode("utf-16"))
    with pytest.raises(DataError, match=r"site\.yaml:1: save the file as UTF-8"):
        read(folder)


@pytest.mark.parametrize("name", ["site.yaml", "deadlines.yaml"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    folder = small_data.write(tmp_path)
    (folder / name).unlink()
    with pytest.raises(DataError, match=f"{name}:1: the file cannot be read"):
        read(folder)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"areas:1: no \.yaml file"):
        read(tmp_path)


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"house\.yaml:1: no valid YAML"):
        read(small_data.write(tmp_path, house="[" * 5000))


def test_an_alias_that_holds_itself_ends(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        read(small_data.write(tmp_path, house="&a\nslug: house\nname_de: Haus\nlistings: [*a]\n"))


fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@fuzzed
@given(
    start=st.integers(0, len(HOUSE)),
    length=st.integers(0, 30),
    noise=st.text(max_size=8) | st.sampled_from([": ", "- ", "[", "{", "*a", "&a ", "!!python/name:os", "\t"]),
)
def test_any_damage_is_one_error_or_none(tmp_path: Path, start: int, length: int, noise: str) -> None:
    damaged = HOUSE[:start] + noise + HOUSE[start + length :]
    folder = small_data.write(tmp_path)
    (folder / "organisations" / "house.yaml").write_text(damaged, encoding="utf-8", errors="surrogatepass")
    told = complaint(folder)
    assert told == "" or told.startswith("organisations/house.yaml:")


@fuzzed
@given(noise=st.binary(max_size=60))
def test_any_bytes_are_one_error(tmp_path: Path, noise: bytes) -> None:
    folder = small_data.write(tmp_path)
    (folder / "organisations" / "house.yaml").write_bytes(noise)
    assert complaint(folder).startswith("organisations/house.yaml:")


def complaint(folder: Path) -> str:
    """Empty where all is right; any other exception than the expected one fails the test."""
    try:
        read(folder)
    except DataError as error:
        return str(error)
    return ""
