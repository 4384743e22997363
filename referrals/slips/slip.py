"""A slip that somebody takes along: what they answered, in German and in their language. Nothing of it is kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import segno
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from directory.languages import MAIN
from directory.spoken import spoken_name
from directory.text import Text, choose
from directory.vocabulary import area_name, label
from referrals.forms import Posted
from referrals.guide import Guide, Option, Question
from referrals.slips.sentences import Said, Speech, phrases, speech, speeches

AFFECTED = "affected"


@dataclass(frozen=True)
class Both:
    """The same in German, for the body, and as its reader knows it."""

    german: Text
    own: Text

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Both":
        return cls(choose(texts, MAIN), choose(texts))


@dataclass(frozen=True)
class Fact:
    about: str
    name: Both
    value: Both

    def __str__(self) -> str:
        name = self.name.german.text
        return f"{name} {self.value.german}" if name.endswith("?") else f"{name}: {self.value.german}"


@dataclass(frozen=True)
class Slip:
    facts: tuple[Fact, ...]
    speeches: tuple[Speech, ...]  # the German one first
    said: Said

    def in_german(self, left_out: Collection[str] = ()) -> str:
        """Plain text: no address in it, so that a camera opens nothing and sends nothing."""
        lines = (str(fact) for fact in self.facts if fact.about not in left_out)
        return "\n".join((speech(self.said, MAIN).without(left_out), *lines))


def slip(posted: Posted, guide: Guide, speaks: str) -> Slip:
    reader = get_language() or MAIN
    chosen = [(question, option) for question in guide.questions if (option := _chosen(question, posted))]
    wishes = tuple(wish for question, option in chosen for wish in _wishes(question, option))
    said = Said(speaks, wishes, _asker(posted, [option for _question, option in chosen]))
    facts = (
        *_subject(posted, said),
        *(Fact(_about(question), Both.of(question.text), Both.of(option.text)) for question, option in chosen),
        *_where_and_when(posted),
        *_language(said),
    )
    return Slip(facts, speeches(said, reader), said)


def _chosen(question: Question, posted: Posted) -> Option | None:
    return question.option(posted.answers.get(question.slug, ""))


def _about(question: Question) -> str:
    return "wish" if question.dimension == "wish" else f"question {question.slug}"


def _wishes(question: Question, option: Option) -> tuple[str, ...]:
    return tuple(option.facts.get("wish", ())) if question.dimension == "wish" else ()


def _asker(posted: Posted, options: list[Option]) -> str:
    said = [posted.asker, *(asker for option in options for asker in option.facts.get("asker", ()))]
    return next((asker for asker in said if asker and asker != AFFECTED), "")


def _subject(posted: Posted, said: Said) -> Iterator[Fact]:
    if said.asker:
        yield _fact("asker", _labelled("asker", said.asker))
    if posted.concern:
        yield _fact("subject", _labelled("concerns", posted.concern))


def _where_and_when(posted: Posted) -> Iterator[Fact]:
    for about in ("place", "residence"):
        if area := getattr(posted, about):
            yield _fact(about, Both(area_name(area, MAIN), area_name(area)))
    if posted.happened:
        written = partial(date_format, posted.happened, "DATE_FORMAT")
        with override(MAIN):
            german = written()
        yield _fact("date", _ours(german, written()))


def _language(said: Said) -> Iterator[Fact]:
    if said.speaks:
        with override(MAIN):
            german = spoken_name(said.speaks, MAIN)
        yield _fact("language", _ours(german, spoken_name(said.speaks)))
        yield _fact("interpreter", Both.of(phrases()["yes_please"]))


def _fact(about: str, value: Both) -> Fact:
    return Fact(about, Both.of(phrases()[f"label.{about}"]), value)


def _labelled(vocabulary: str, slug: str) -> Both:
    return Both(label(vocabulary, slug, MAIN), label(vocabulary, slug))


def _ours(german: str, own: str) -> Both:
    """Words that exist in every language."""
    reader = get_language() or MAIN
    return Both(choose({MAIN: german}, MAIN), choose({reader: own}))


def drawn(text: str) -> str:
    """A QR code that holds the text itself; empty where it is too long for one."""
    try:
        code = segno.make_qr(text, error="l", encoding="utf-8")
    except segno.DataOverflowError:
        return ""
    return str(code.svg_inline(scale=3, omitsize=True))
