"""What surrounds the pages: first language, exit, style sheet, robots, sitemap, errors, the admin."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from directory.models import Configuration
from wegweiser import styles


class TestFirstLanguage:
    @pytest.mark.parametrize(
        ("accepted", "language"), [("ar-SY,de;q=0.5", "ar"), ("en-GB", "en"), ("tlh", "de"), ("", "de")]
    )
    def test_the_browser_decides(self, client: Client, demo: None, accepted: str, language: str) -> None:
        response = client.get("/", headers={"accept-language": accepted})
        assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
        assert "Accept-Language" in response.headers["Vary"]
        assert not response.cookies


class TestExit:
    def test_it_forgets_and_leaves(self, client: Client, demo: None) -> None:
        response = client.get("/w")
        assert (response.status_code, response.headers["Location"]) == (303, settings.EXIT_URL)
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert response.headers["Cache-Control"] == "no-store"


class TestStyleSheet:
    def test_it_is_one_file_kept_for_ever_under_its_digest(self, client: Client, demo: None) -> None:
        page = client.get("/de/").content.decode()
        (address,) = re.findall(r'href="(/style\.[0-9a-f]+\.css)"', page)
        response = client.get(address)
        assert "immutable" in response.headers["Cache-Control"]
        assert b".card{" in response.content

    @pytest.mark.parametrize("address", ["/style.css", "/style.0000.css"])
    def test_an_old_address_gets_the_current_one_for_a_while(self, client: Client, db: None, address: str) -> None:
        response = client.get(address)
        assert response.content == styles.current().text
        assert "immutable" not in response.headers["Cache-Control"]

    def test_it_is_sent_compressed(self, client: Client, db: None) -> None:
        response = client.get("/style.css", headers={"accept-encoding": "gzip, br"})
        assert response.headers["Content-Encoding"] == "br"
        assert len(response.content) < len(styles.current().text) / 3


class TestSearchEngines:
    def test_a_demo_is_closed_to_them(self, client: Client, demo: None) -> None:
        assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
        assert "<url>" not in client.get("/sitemap.xml").content.decode()

    @pytest.fixture
    def confirmed(self, demo: None) -> None:
        configuration = Configuration.load()
        configuration.demo = False
        configuration.save()

    def test_a_real_site_is_open_but_for_the_guide(self, client: Client, confirmed: None) -> None:
        lines = client.get("/robots.txt").content.decode().splitlines()
        assert "Disallow: /" not in lines
        assert any(line.startswith("Sitemap: ") for line in lines)
        assert "X-Robots-Tag" not in client.get("/de/").headers
        assert "banner" not in client.get("/de/").content.decode()

    def test_the_sitemap_lists_a_listing_only_where_it_has_text(self, client: Client, confirmed: None) -> None:
        urls = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
        languages = {url.split("/")[3] for url in urls if url.endswith("/angebote/dus-obr/")}
        assert languages == {"de"} or languages == {"de", "en"}
        assert f"{settings.PUBLIC_URL}/ar/" in urls

    def test_a_page_names_itself_and_its_real_translations(self, client: Client, confirmed: None) -> None:
        page = client.get("/de/angebote/dus-obr/").content.decode()
        assert f'<link rel="canonical" href="{settings.PUBLIC_URL}/de/angebote/dus-obr/">' in page
        assert 'hreflang="ar" href="http' not in page
        assert 'hreflang="ar" href="http' in client.get("/de/").content.decode()

    def test_filtered_lists_are_not_indexed(self, client: Client, confirmed: None) -> None:
        assert '<meta name="robots" content="noindex">' in client.get("/de/angebote/?kind=offer").content.decode()


class TestErrors:
    def test_the_error_page_needs_neither_database_nor_context(self) -> None:
        page = render_to_string("500.html")
        for language in ("de", "en", "tr", "ar", "uk"):
            assert f'lang="{language}"' in page
        assert page.count('href="tel:110"') == 5
        assert page.count('href="tel:112"') == 5
        assert "<style" not in page

    def test_it_is_what_a_visitor_gets(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("wegweiser.public.tiles", broken)
        response = Client(raise_request_exception=False).get("/de/")
        assert response.status_code == 500
        assert "tel:110" in response.content.decode()
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


class TestAdmin:
    def test_only_there_is_a_cookie(self, client: Client, demo: None) -> None:
        response = client.get("/admin/login/")
        assert response.status_code == 200
        assert set(response.cookies) == {settings.CSRF_COOKIE_NAME}
        assert response.cookies[settings.CSRF_COOKIE_NAME]["path"] == "/admin/"

    def test_it_has_a_policy_of_its_own(self, client: Client, demo: None) -> None:
        policy = client.get("/admin/login/").headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "script-src 'self' 'unsafe-inline'" in policy

    def test_its_forms_may_name_their_origin(self, client: Client, demo: None) -> None:
        # Under `no-referrer` a browser posts "Origin: null", and Django refuses the log-in.
        assert client.get("/admin/login/").headers["Referrer-Policy"] == "same-origin"

    def test_the_menu_leads_to_nothing_that_the_site_does_not_show(
        self, client: Client, demo: None, admin_user: object
    ) -> None:
        client.force_login(admin_user)  # type: ignore[arg-type]
        home = client.get("/admin/").content.decode()
        assert "/admin/snippets/directory/listing/" in home
        links = set(re.findall(r'(?:href=|"url": |"_args": \[)"(/admin/[a-z]+/)', home))
        assert "/admin/documents/" not in links

    def test_a_post_without_a_token_is_refused(self, demo: None) -> None:
        response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
        assert response.status_code == 403

    def test_a_member_of_staff_is_at_home_there_only(self, client: Client, demo: None, admin_user: object) -> None:
        client.force_login(admin_user)  # type: ignore[arg-type]
        assert client.get("/admin/").status_code == 200
        outside = client.get("/de/")
        assert not outside.cookies
        assert str(admin_user) not in outside.content.decode()
