import re

import pytest
from django.utils import translation

from directory.proposals import policies
from directory.proposals.policies import FOLDER, Policy

LANGUAGES = ("de", "en", "tr", "ar", "uk")


@pytest.fixture(params=[file.stem for file in sorted(FOLDER.glob("*.toml"))])
def policy(request: pytest.FixtureRequest) -> Policy:
    return policies.versions()[request.param]


class TestEveryVersion:
    def test_is_named_by_its_month(self, policy: Policy) -> None:
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", policy.version)

    def test_says_everything_in_every_language(self, policy: Policy) -> None:
        points = (policy.intro, *policy.listed, *policy.not_listed, *policy.decided)
        assert {point.id: sorted(point.texts) for point in points} == {
            point.id: sorted(LANGUAGES) for point in points
        }
        assert all(text.strip() == text != "" for point in points for text in point.texts.values())

    def test_has_one_name_for_each_point(self, policy: Policy) -> None:
        names = [point.id for point in (*policy.listed, *policy.not_listed, *policy.decided)]
        assert len(set(names)) == len(names)


class TestFinding:
    def test_the_newest_is_the_current_one(self) -> None:
        assert policies.current().version == max(policies.versions())

    def test_a_version_that_is_not_there_gives_the_current_one(self) -> None:
        assert policies.of("1999-01") == policies.current()
        assert policies.of(policies.current().version) == policies.current()

    def test_a_point_in_the_readers_language(self) -> None:
        point = policies.current().reason("off_topic")
        assert point
        with translation.override("ar"):
            assert (point.text.lang, point.text.dir) == ("ar", "rtl")
        with translation.override("fr"):
            assert point.text.is_fallback

    def test_what_is_listed_is_no_reason_to_refuse(self) -> None:
        assert policies.current().reason("subject") is None
        assert policies.current().reason("") is None
