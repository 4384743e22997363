"""Of a picture only what can be seen survives."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tests.integration.pages.making import (
    CANARY,
    as_file,
    claiming,
    drawn,
    moving,
    with_gps,
    with_profile,
    with_text_chunk,
)
from wegweiser.pages.encoding import LARGEST_FILE, encoded_anew

SCRIPT = b"<script>alert(1)</script>"
ZIP = b"PK\x03\x04" + CANARY


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


class TestWhatGoes:
    @pytest.mark.parametrize(
        "content",
        [
            with_gps(),
            with_gps("WEBP"),
            with_gps("PNG"),
            with_text_chunk(),
            with_profile(),
            as_file(drawn()) + SCRIPT + CANARY,
            as_file(drawn()) + ZIP,
            as_file(drawn(), "PNG") + ZIP,
            as_file(drawn(), "WEBP") + ZIP,
        ],
        ids=["jpeg exif", "webp exif", "png exif", "png text", "profile", "script", "zip", "png zip", "webp zip"],
    )
    def test_whatever_is_not_the_picture(self, content: bytes) -> None:
        clean, _extension = encoded_anew(content)
        assert CANARY not in clean
        assert SCRIPT not in clean
        assert b"PK\x03\x04" not in clean
        assert not opened(clean).getexif()
        assert not {"icc_profile", "comment", "exif", "xmp", "Comment", "Zipped"} & set(opened(clean).info)

    def test_the_canaries_were_really_there(self) -> None:
        assert all(CANARY in content for content in (with_gps(), with_gps("WEBP"), with_profile()))
        assert opened(with_text_chunk()).text["Zipped"].startswith(CANARY.decode())  # type: ignore[attr-defined]
        assert opened(with_gps()).getexif().get_ifd(0x8825)[1] == "N"


class TestWhatStays:
    @pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
    def test_the_picture_and_its_kind(self, kind: str, extension: str) -> None:
        clean, named = encoded_anew(as_file(drawn(), kind))
        picture = opened(clean).convert("RGB")
        assert (named, opened(clean).format, picture.size) == (extension, kind, (40, 20))
        left, right = picture.getpixel((5, 10)), picture.getpixel((35, 10))
        assert isinstance(left, tuple)
        assert isinstance(right, tuple)
        assert left[0] > 200 > left[2]
        assert right[2] > 200 > right[0]

    @pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
    def test_in_every_way_of_noting_colours(self, mode: str) -> None:
        kind = "JPEG" if mode == "CMYK" else "PNG"
        source = Image.new("I;16", (4, 4)) if mode == "I;16" else drawn().convert(mode)
        clean, _extension = encoded_anew(as_file(source, kind))
        opened(clean).load()

    def test_what_is_transparent(self) -> None:
        clean, _extension = encoded_anew(as_file(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"))
        assert opened(clean).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)

    def test_it_is_turned_as_the_camera_noted(self) -> None:
        clean, _extension = encoded_anew(with_gps(orientation=6))
        assert opened(clean).size == (20, 40)
        above = opened(clean).convert("RGB").getpixel((10, 5))
        assert isinstance(above, tuple)
        assert above[0] > above[2]  # red was left: turned to the right it is above

    def test_doing_it_again_keeps_the_size(self) -> None:
        once, _extension = encoded_anew(as_file(drawn()))
        twice, _extension = encoded_anew(once)
        assert opened(twice).size == opened(once).size


class TestRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"no picture",
            b'<svg xmlns="http://www.w3.org/2000/svg"/>',
            as_file(drawn(), "GIF"),
            as_file(drawn(), "TIFF"),
            as_file(drawn(), "BMP"),
            b"%PDF-1.7",
            b"PK\x03\x04",
        ],
        ids=["empty", "text", "svg", "gif", "tiff", "bmp", "pdf", "zip"],
    )
    def test_other_kinds(self, content: bytes) -> None:
        with pytest.raises(ValidationError, match="not a picture"):
            encoded_anew(content)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_what_ends_in_the_middle(self, kind: str) -> None:
        whole = as_file(drawn(400, 400).effect_spread(100), kind)
        with pytest.raises(ValidationError, match=r"damaged|not a picture"):
            encoded_anew(whole[: len(whole) // 2])

    @pytest.mark.parametrize("kind", ["WEBP", "PNG"])
    def test_what_moves(self, kind: str) -> None:
        with pytest.raises(ValidationError, match="stands still"):
            encoded_anew(moving(kind))

    def test_too_large_a_file(self) -> None:
        with pytest.raises(ValidationError, match="5 MB"):
            encoded_anew(as_file(drawn()) + b"\0" * LARGEST_FILE)

    @pytest.mark.parametrize("size", [(4001, 3000), (60_000, 60_000), (2**31 - 1, 1)])
    def test_too_many_pixels_before_any_is_decoded(
        self, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def decoded(*args: object, **kwargs: object) -> None:
            raise AssertionError("decoded")

        monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
        with pytest.raises(ValidationError, match="pixels"):
            encoded_anew(claiming(*size))

    def test_twelve_million_pixels_are_enough_for_everybody(self) -> None:
        clean, _extension = encoded_anew(as_file(Image.new("L", (4000, 3000)), "PNG"))
        assert opened(clean).size == (4000, 3000)
