"""The pictures of the README. To make them anew: SCREENSHOTS=docs/screenshots, and run this file."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import PHONE, NewVisitor

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_first_screen_makes_a_picture(new_visitor: NewVisitor, language: str, tmp_path: Path) -> None:
    visitor = new_visitor(PHONE, device_scale_factor=2)
    picture = Image.open(io.BytesIO(visitor.open("", language).screenshot()))
    assert picture.size == (PHONE[0] * 2, PHONE[1] * 2)
    assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or []) > 100  # text is on it
    folder = ROOT / os.environ["SCREENSHOTS"] if os.environ.get("SCREENSHOTS") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    small = picture.convert("RGB").quantize(128)
    small.save(folder / f"phone-{language}.png", optimize=True)
