"""What the guide assumes, in the admin of staff."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from referrals import queries
from referrals.models import Guide, Option, Question
from tests.integration.directory.making import person, stored, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Guide:
    term("what", "insult", label_en="Insult")
    term("grounds", "racism", label_en="Racism")
    translation.activate("en")
    made = Guide(slug="counselling", assumed={"what": ["insult"]})
    made.save()
    asked = Question(guide=made, slug="what", dimension="what", text_de="Was?", why_de="Weil.", live=True)
    asked.options = [Option(slug="a", text_de="A")]  # type: ignore[misc]
    asked.save()
    return made


def address(made: Guide) -> str:
    return reverse("referral-guides:edit", args=[made.pk])


def test_it_is_chosen_in_words_and_counts_at_once(admin: Client, guide: Guide) -> None:
    html = admin.get(address(guide)).content.decode()
    assert '<option value="what=insult" selected>Insult</option>' in html
    admin.post(address(guide), {"assumed": ["what=insult", "ground=racism"]})
    assert queries.guide().assumed == {"what": ("insult",), "ground": ("racism",)}
    admin.post(address(guide), {})
    assert stored(guide).assumed == {}


@pytest.mark.parametrize("sent", [["what=rain"], ["weather=rain"], ["="], ["what"]])
def test_what_nobody_knows_is_refused(admin: Client, guide: Guide, sent: list[str]) -> None:
    assert admin.post(address(guide), {"assumed": sent}).status_code == 200
    assert stored(guide).assumed == {"what": ["insult"]}


def test_it_is_refused_where_a_hidden_question_would_matter(
    admin: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    def example(found: Any, bodies: Any) -> str:
        assert found.assumed == {"ground": ("racism",)}
        return "An example."

    monkeypatch.setattr("referrals.editing.drafts.wrongly_hidden", example)
    response = admin.post(address(guide), {"assumed": ["ground=racism"]})
    assert "An example." in response.content.decode()
    assert stored(guide).assumed == {"what": ["insult"]}


def test_who_publishes_questions_may_change_it(guide: Guide) -> None:
    client = Client()
    client.force_login(person("eddy", "access_admin", "change_question"))
    assert client.post(address(guide), {}).status_code == 302
    assert stored(guide).assumed == {"what": ["insult"]}
    assert reverse("referral-guides:index") not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(person("rita", "access_admin", "publish_question"))
    client.post(address(guide), {})
    assert stored(guide).assumed == {}
