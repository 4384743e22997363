import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from wegweiser import middleware
from wegweiser.middleware import SecurityHeaders


@pytest.fixture(autouse=True)
def confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "is_demo", lambda: False)


def answered(request: HttpRequest, **headers: str) -> HttpResponseBase:
    return SecurityHeaders(lambda _request: HttpResponse("answer", headers=headers))(request)


@pytest.mark.parametrize(("path", "kept"), [("/de/w/", True), ("/de/suche/", True), ("/admin/login/", False)])
def test_the_answer_to_a_form_of_a_visitor_is_never_kept(path: str, kept: bool) -> None:
    response = answered(RequestFactory().post(path))
    assert (response.headers.get("Cache-Control") == "no-store") is kept


def test_a_page_may_be_kept() -> None:
    assert "Cache-Control" not in answered(RequestFactory().get("/de/")).headers


def test_what_a_view_decides_stands() -> None:
    response = answered(RequestFactory().get("/de/"), **{"Content-Security-Policy": "frame-ancestors 'self'"})
    assert response.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("path", ["/de/", "/administration/", "/en/admin/", "/adminx"])
def test_only_the_admin_may_run_scripts_of_its_pages(path: str) -> None:
    assert "unsafe" not in answered(RequestFactory().get(path)).headers["Content-Security-Policy"]


def test_only_pages_ask_whether_this_is_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "is_demo", lambda: True)
    request = RequestFactory().get("/style.css")
    assert answered(request).headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in answered(request, **{"Content-Type": "text/css"}).headers


def test_the_error_page_gets_out_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def broken() -> None:
        raise OperationalError

    monkeypatch.setattr(middleware, "configuration", broken)
    assert "X-Robots-Tag" not in answered(RequestFactory().get("/de/")).headers
