"""A picture encoded anew: only what can be seen survives, not where the camera stood or what was appended.

The content is read here with Pillow alone; the header tells size and kind before anything is decoded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 12_000_000
_TOO_MANY = gettext_lazy("This picture has too many pixels: at most 12 million, as 4000 by 3000.")
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGBA", "RGB", "LA", "L"), "WEBP": ("RGBA", "RGB")}


def encoded_anew(content: bytes) -> tuple[bytes, str]:
    """The same picture as a new file, with the extension that fits it."""
    with _refusals_in_words():
        return _encoded_anew(content)


def size_of(content: IO[bytes]) -> tuple[int, int]:
    """From the header alone. Willow, which Wagtail asks, decodes the whole picture first."""
    with _refusals_in_words(), Image.open(content, formats=tuple(EXTENSIONS)) as opened:
        return opened.size


def _encoded_anew(content: bytes) -> tuple[bytes, str]:
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("This picture is too large: at most 5 MB."))
    with Image.open(BytesIO(content), formats=tuple(EXTENSIONS)) as opened:
        _refuse_too_much(opened)
        kind = opened.format or ""
        return _encode(_upright(opened), kind), EXTENSIONS[kind]


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except UnidentifiedImageError as error:
        raise ValidationError(_("This is not a picture. Use JPEG, PNG or WebP.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_TOO_MANY) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This picture is damaged. Save it again and try once more.")) from error


def _refuse_too_much(opened: Image.Image) -> None:
    """Before a pixel is decoded: a small file can ask for all memory (ASVS 5.2.6)."""
    if opened.width * opened.height > MOST_PIXELS:
        raise ValidationError(_TOO_MANY)
    if getattr(opened, "n_frames", 1) > 1:
        raise ValidationError(_("Moving pictures are not possible. Use one that stands still."))


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as the camera noted it, because that note goes too."""
    turned = ImageOps.exif_transpose(opened)
    has_alpha = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    wanted = "RGBA" if has_alpha else ("L" if turned.mode in ("L", "1") else "RGB")
    return turned.convert(wanted)


def _encode(picture: Image.Image, kind: str) -> bytes:
    if picture.mode not in _MODES[kind]:
        picture = picture.convert("RGB")
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # no info, no profile, no comment
    out = BytesIO()
    bare.save(out, kind, **_OPTIONS[kind])
    return out.getvalue()
