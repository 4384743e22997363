"""Visitors get pictures in the sizes of pages, and videos: never what somebody uploaded."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.integration.pages.making import content_of, picture
from tests.unit.wegweiser.pages.test_videos import MP4

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendition() -> str:
    url: str = picture().get_rendition("width-20").url
    return url


class TestPicture:
    def test_it_is_served_with_its_kind(self, client: Client, rendition: str) -> None:
        response = client.get(rendition)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
        assert response.content.startswith(b"\xff\xd8")

    def test_nothing_in_it_can_run(self, client: Client, rendition: str) -> None:
        headers = client.get(rendition).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_a_browser_asks_once(self, client: Client, rendition: str) -> None:
        response = client.get(rendition)
        assert "immutable" in response.headers["Cache-Control"]
        assert not response.cookies
        again = client.get(rendition, headers={"if-none-match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == response.headers["ETag"]

    def test_another_picture_has_another_mark(self, client: Client, rendition: str) -> None:
        other = picture().get_rendition("width-20").url
        assert client.get(other).headers["ETag"] != client.get(rendition).headers["ETag"]

    def test_only_reading(self, client: Client, rendition: str) -> None:
        assert client.head(rendition).status_code == 200
        assert client.post(rendition).status_code == 405


class TestHidden:
    def test_the_upload_itself(self, client: Client) -> None:
        made = picture()
        assert content_of(made)
        assert client.get(f"/media/{made.file.name}").status_code == 404

    def test_an_upload_that_waits(self, client: Client) -> None:
        default_storage.save("wagtail_uploads/waits.jpg", ContentFile(b"x"))
        assert client.get("/media/wagtail_uploads/waits.jpg").status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "images/../original_images/a.jpg",
            "images/..%2foriginal_images/a.jpg",
            "../wegweiser.sqlite3",
            "%2e%2e/secret_key",
            "images/%2e%2e/%2e%2e/secret_key",
            "images//etc/passwd.jpg",
            "/etc/passwd",
            "images/a.jpg%00.png",
            "images/a.jpg\n",
            "images/.hidden.jpg",
            "images/folder/a.jpg",
            "images/a.html",
            "images/a.svg",
            "images/a",
            "images/",
            "",
            "images/missing.jpg",
            "videos/a.html",
        ],
    )
    def test_everything_else(self, client: Client, path: str) -> None:
        for name in ("original_images/a.jpg", "images/a.html", "images/a.svg", "images/folder/a.jpg", "images/a"):
            default_storage.save(name, ContentFile(b"x"))
        assert client.get(f"/media/{path}").status_code == 404


class TestVideo:
    def test_it_is_downloaded_not_played(self, client: Client) -> None:
        name = default_storage.save("videos/abc123.mp4", ContentFile(MP4))
        response = client.get(f"/media/{name}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "video/mp4"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Length"] == str(len(MP4))
        assert b"".join(response.streaming_content) == MP4  # type: ignore[attr-defined]
