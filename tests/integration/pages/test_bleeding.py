"""Drafts in two languages never bleed: whatever is saved, published, taken back or switched, in any order."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.languages import SHIPPED, column
from tests.integration.directory.making import undone
from tests.integration.pages.making import home, stored
from wegweiser.pages.models import TextPage

pytestmark = pytest.mark.django_db

CODES = ("de", "en", "ar")
FIELDS = ("heading", "intro", "text")
ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(FIELDS), st.sampled_from(CODES), st.sampled_from(["", "a", "b"])),
    st.tuples(st.sampled_from(["save", "publish", "unpublish", "move", "plain"])),
    st.tuples(st.just("revert"), st.integers(0, 5)),
    st.tuples(st.just("speak"), st.sampled_from([*CODES, None])),
)
Texts = dict[str, str]


def columns() -> list[str]:
    return [column(field, code) for field in FIELDS for code in SHIPPED]


def texts(page: Any) -> Texts:
    return {name: getattr(page, name) or "" for name in columns()}


class Model:
    """What should be there: the draft, what is public and every state that was saved."""

    def __init__(self) -> None:
        self.page: Any = home().add_child(instance=TextPage(slug="about", heading_de="0", live=False))
        self.draft = texts(self.page)
        self.public: Texts | None = None
        self.saved: list[tuple[Any, Texts]] = []

    def write(self, field: str, code: str, words: str) -> None:
        name = column(field, code)
        value = f"{words}-{name}" if words or name == "heading_de" else ""
        setattr(self.page, name, value)
        self.draft[name] = value

    def save(self) -> Any:
        revision = self.page.save_revision()
        self.saved.append((revision, dict(self.draft)))
        self.page = revision.as_object()
        return revision

    def publish(self) -> None:
        self.save().publish()
        self.public = dict(self.draft)
        self.page = stored(self.page).get_latest_revision_as_object()

    def unpublish(self) -> None:
        """What is not saved is lost, as when somebody closes the window."""
        before = stored(self.page)
        before.unpublish()
        self.public = None
        self.reopen()

    def move(self) -> None:
        stored(self.page).move(home(), pos="last-child")
        self.reopen()

    def plain(self) -> None:
        """Wagtail's own save of the plain page."""
        stored(self.page).page_ptr.save()
        self.reopen()

    def reopen(self) -> None:
        self.page = stored(self.page).get_latest_revision_as_object()
        self.draft = texts(self.page)
        expected = self.saved[-1][1] if self.saved else None
        assert expected is None or self.draft == expected

    def revert(self, number: int) -> None:
        if self.saved:
            revision, words = self.saved[number % len(self.saved)]
            self.page = revision.as_object()
            self.draft = dict(words)

    def check(self) -> None:
        assert texts(self.page) == self.draft
        row = stored(self.page)
        assert row.live == (self.public is not None)
        if self.public is not None:
            assert texts(row) == self.public


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=14))
def test_no_language_ever_gets_the_words_of_another(actions: list[tuple[Any, ...]]) -> None:
    with undone():
        model = Model()
        for name, *arguments in actions:
            if name == "speak":
                translation.activate(arguments[0]) if arguments[0] else translation.deactivate_all()
            else:
                getattr(model, name)(*arguments)
            model.check()


@pytest.mark.parametrize("active", [None, *CODES])
@pytest.mark.parametrize("missing", [(), ("en",), ("de", "ar"), CODES])
def test_a_language_that_a_revision_lacks_stays_empty(active: str | None, missing: tuple[str, ...]) -> None:
    data = {"pk": 1} | {column("heading", code): f"text {code}" for code in SHIPPED if code not in missing}
    with translation.override(active):
        opened = TextPage.from_serializable_data(data, check_fks=False)
    for code in SHIPPED:
        assert (getattr(opened, column("heading", code)) or "") == ("" if code in missing else f"text {code}")


@pytest.mark.parametrize("active", [None, *CODES])
def test_a_revision_holds_no_text_without_a_language(active: str | None) -> None:
    made = home().add_child(instance=TextPage(slug="about", heading_de="Über uns", heading_en="About us"))
    with translation.override(active):
        content = made.save_revision().content
    assert not {"heading", "intro", "text", "description"} & content.keys()
    assert (content["heading_de"], content["heading_en"]) == ("Über uns", "About us")


@pytest.mark.parametrize("active", [None, *CODES])
def test_a_name_does_not_depend_on_who_looks(active: str | None) -> None:
    made = home().add_child(instance=TextPage(slug="about", heading_ar="من نحن", heading_en="About us"))
    with translation.override(active):
        assert str(made) == "About us"
        assert made.save_revision().object_str == "About us"
        assert stored(made).title == "About us"
