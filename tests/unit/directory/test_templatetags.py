from django.utils import translation

from directory.templatetags.directory import listed
from directory.text import choose


def test_texts_in_a_row_are_marked_each_for_itself() -> None:
    with translation.override("en"):
        shown = listed([choose({"en": "Here & there"}), choose({"de": "Dort"})])
    assert shown == 'Here &amp; there, <span lang="de" dir="ltr">Dort</span>'


def test_nothing_is_nothing() -> None:
    assert listed([]) == ""
