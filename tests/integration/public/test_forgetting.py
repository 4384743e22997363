"""What a page of the referral leaves in a browser: its name tells nothing, and what was posted is dropped."""

import re

import pytest
from django.test import Client

from tests.answers import said

TITLE = re.compile(r"<title>(.*?)</title>")
SCRIPT = re.compile(r'<meta charset="utf-8">\s*<script src="[^"]*wegweiser/js/forget[^"]*\.js"></script>')


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("path", ["/de/w/", "/ar/suche/", "/en/w/zettel/", "/uk/fachkraefte/"])
def test_a_post_is_dropped_and_a_get_keeps_its_place(client: Client, path: str) -> None:
    assert SCRIPT.search(client.post(path, {"text": "word"}).content.decode())
    assert "forget" not in client.get(path, follow=True).content.decode()


@pytest.mark.django_db
def test_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.views.asked", lambda data: 1 / 0)
    answer = Client(raise_request_exception=False).post("/de/suche/", {"text": "word"})
    assert answer.status_code == 500
    assert SCRIPT.search(answer.content.decode())


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk"])
def test_all_pages_of_the_way_have_the_same_name(client: Client, language: str) -> None:
    """It stands in the list of tabs, in the history and on paper."""
    posted = said(what="violence", where="work", asker="witness")
    pages = [
        client.get(f"/{language}/w/"),
        client.get(f"/{language}/w/violence/"),
        client.get(f"/{language}/w/witness/"),
        client.post(f"/{language}/w/", posted),
        client.post(f"/{language}/w/zettel/", posted),
    ]
    assert {tuple(TITLE.findall(page.content.decode())) for page in pages} == {("Wegweiser",)}


@pytest.mark.django_db
def test_leaving_is_a_line_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        answer = client.get("/w")
    assert (answer.status_code, answer["Cache-Control"]) == (303, "no-store")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "/w" not in caplog.text
