"""One style sheet out of one file per component: a phone in a hurry asks once."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse

FOLDER = Path(__file__).parent / "static" / "wegweiser" / "css"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("print.css",)


@dataclass(frozen=True)
class Sheet:
    name: str
    text: bytes
    compressed: bytes


def files() -> list[Path]:
    components = sorted((FOLDER / "components").glob("*.css"))
    return [*(FOLDER / name for name in FIRST), *components, *(FOLDER / name for name in LAST)]


def without_blanks(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()


@cache
def sheet() -> Sheet:
    text = without_blanks("\n".join(path.read_text() for path in files())).encode()
    digest = sha256(text).hexdigest()[:12]
    return Sheet(f"style.{digest}.css", text, brotli.compress(text))


def current() -> Sheet:
    if settings.DEBUG:
        sheet.cache_clear()
    return sheet()


def stylesheet(request: HttpRequest, digest: str = "") -> HttpResponse:
    """The sheet under its own digest for ever, and as /style.css for the static error page."""
    found = current()
    packed = "br" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.compressed if packed else found.text, content_type="text/css; charset=utf-8")
    response.headers["Vary"] = "Accept-Encoding"
    known = found.name == f"style.{digest}.css"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "public, max-age=300"
    if packed:
        response.headers["Content-Encoding"] = "br"
    return response
