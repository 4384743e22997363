import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from directory import anonymous


@anonymous.anonymous_form
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("answer")


@pytest.fixture(autouse=True)
def refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anonymous, "render", lambda _request, name, status: HttpResponse(name, status=status))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://testserver.elsewhere.example"}, 403),
        ({"origin": "null"}, 200),  # Safari 13 under `no-referrer`, on our own pages
        ({}, 200),
    ],
)
def test_only_our_own_pages_may_post(headers: dict[str, str], status: int) -> None:
    assert view(RequestFactory().post("/", headers=headers)).status_code == status


def test_everybody_may_read() -> None:
    request = RequestFactory().get("/", headers={"sec-fetch-site": "cross-site"})
    assert view(request).status_code == 200


def test_no_token_is_asked_for() -> None:
    assert view.csrf_exempt  # type: ignore[attr-defined]
