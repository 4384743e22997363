"""Pages, pictures and clicks for the tests of the editorial pages."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin
from wagtail.models import Page

from directory.models.change import Written
from tests.integration.editing.posting import shown
from wegweiser.pages.models import HomePage, Picture, TextPage

CANARY = b"CANARY-51.2217-6.7762"


def committed() -> None:
    """What was written so far was a transaction of its own, as far as the change log knows."""
    connection.run_on_commit = [hook for hook in connection.run_on_commit if not isinstance(hook[1], Written)]


def home() -> HomePage:
    found: HomePage = HomePage.objects.get()
    return found


def page(slug: str = "about", parent: Any = None, model: type[Any] = TextPage, **fields: Any) -> Any:
    given = {"heading_de": "Über uns", "text_de": "<p>Wir helfen.</p>", "live": True} | fields
    made = (parent or home()).add_child(instance=model(slug=slug, **given))
    committed()
    return made


def stored(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def plain(page: Any) -> Page:
    """As Wagtail itself often holds it."""
    return Page.objects.get(pk=page.pk)


def form_at(client: Client, address: str) -> dict[str, Any]:
    """What the page's form shows, ready to be posted."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    data = shown(response.context["form"])
    return {name: value for name, value in data.items() if value is not None}


def click(client: Client, address: str, action: str = "", **changed: Any) -> Any:
    data = form_at(client, address) | changed | ({f"action-{action}": "1"} if action else {})
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(kind: str = "textpage", parent: Any = None) -> str:
    return reverse("wagtailadmin_pages:add", args=["pages", kind, (parent or home()).pk])


# --- pictures ----------------------------------------------------------------------------------------------------


def drawn(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue: which way it is turned can be seen."""
    picture = Image.new(mode, (width, height), "red")
    picture.paste(Image.new(mode, (width // 2, height), "blue"), (width // 2, 0))
    return picture


def as_file(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def with_gps(kind: str = "JPEG", orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = CANARY.decode()  # ImageDescription
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = CANARY.decode()[:10]  # GPSDateStamp
    return as_file(drawn(), kind, exif=exif)


def with_text_chunk() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    info.add_text("Zipped", CANARY.decode() * 3, zip=True)
    return as_file(drawn(), "PNG", pnginfo=info)


def with_profile() -> bytes:
    return as_file(drawn(), icc_profile=b"\0" * 128 + CANARY, comment=CANARY)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    return as_file(drawn(), kind, save_all=True, append_images=[drawn().rotate(180)], duration=100)


def upload(content: bytes | None = None, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_file(drawn()) if content is None else content, kind)


def picture(content: bytes | None = None, **fields: Any) -> Picture:
    made = Picture(**({"title": "Haus", "alt_de": "Ein Haus", "file": upload(content)} | fields))
    made.save()
    return made


def content_of(picture: Any) -> bytes:
    with picture.file.storage.open(picture.file.name) as file:
        content: bytes = file.read()
    return content
