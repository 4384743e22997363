"""Why a listing is shown: its words that were sought are marked, and what is not in sight is named.

A word is marked whole, also where only a part of a compound was sought: a mark inside a word is read out as two
words by some screen readers, takes Arabic letters apart, and hides rather than shows the word to slow readers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from directory.cards import Card, Fact, here
from directory.languages import MAIN
from directory.text import Text
from directory.vocabulary import label
from search.analysis.chains import Chain, chain, readers, surfaces
from search.analysis.compounds import Splitter
from search.analysis.normalise import script
from search.phrases import Phrasebook
from search.port import Hit, Plan, Results, Term
from search.understanding import Knowledge

LEAST = 0.3  # a word that was looked for at less weight than this is a guess, and no reason to show anything
KEPT = 100_000  # analysed words
# Vowel signs, joiners and soft hyphens belong to the word that they stand in; so do gender forms.
_SIGNS = "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f"
_WORD = re.compile(rf"[^\W_](?:[\w{_SIGNS}]|[*:·•'’ʼ](?=\w)|/-?(?=in)|\((?=in(?:nen)?\))|(?<=in|en)\))*")

Stems = frozenset[str]
Read = tuple[str, Stems]  # the language that a word was read in, and its stems
ByLanguage = Mapping[str, Stems]
_NONE: Stems = frozenset()


def sought_stems(plan: Plan) -> dict[str, Stems]:
    """By language: the words of texts that the plan looks for."""
    found: dict[str, set[str]] = {}
    terms = (clause for wanted in plan.wanted for clause in wanted.clauses if isinstance(clause, Term))
    for term in terms:
        part, _, language = term.field.partition("_")
        if part in ("title", "text", "names", "parts") and term.weight >= LEAST:
            found.setdefault(language or MAIN, set()).add(term.term)
    return {language: frozenset(stems) for language, stems in found.items()}


@cache
def _reader(language: str, kind: str) -> Chain:
    """The chain of the text's language; a word of another script is read as German reads it, or whoever can."""
    own = chain(language)
    return own if own.script == kind else next(iter(readers(kind)), own)


@dataclass
class Analysis:
    """Every word is analysed once, as the index analysed it."""

    knowledge: Knowledge
    _words: dict[tuple[str, str], Read] = field(default_factory=dict)
    _sought: dict[str, "Sought"] = field(default_factory=dict)

    def read(self, word: str, language: str) -> Read:
        found = self._words.get((word, language))
        if found is None:
            if len(self._words) >= KEPT:
                self._words.clear()
            found = self._words[word, language] = _analysed(word, language, self.knowledge.splitter)
        return found

    def sought(self, concept: str) -> "Sought":
        """Each way to say the concept, in every language."""
        if concept not in self._sought:
            book = Phrasebook.compile({concept: self.knowledge.labels.get(concept, ())})
            ways = {
                code: {_telling(phrase.stems) for some in by_stem.values() for phrase in some}
                for code, by_stem in book.phrases.items()
            }
            self._sought[concept] = Sought(
                {code: _NONE.union(*(way for way in some if len(way) == 1)) for code, some in ways.items()},
                {code: tuple(way for way in some if len(way) > 1) for code, some in ways.items()},
            )
        return self._sought[concept]


def _telling(phrase: Stems) -> Stems:
    """Without its small words, unless it has no others: then a text cannot show it."""
    return frozenset(stem for stem in phrase if not stem.startswith("="))


def _analysed(word: str, language: str, splitter: Splitter) -> Read:
    typed = surfaces(word, language)
    reader = _reader(language, script(typed[0]) if typed else "")
    stems: set[str] = set()
    for one in typed:
        if one in reader.stops:
            continue
        stems.add(reader.stem(one))
        if reader.language == MAIN:
            stems.update(reader.stem(part) for part in splitter.split(one))
    return reader.language, frozenset(stems)


@dataclass(frozen=True)
class Reading:
    """The words of a text: where each stands, and what it is."""

    words: tuple[tuple[tuple[int, int], Read], ...]
    present: Mapping[str, Stems]

    @classmethod
    def of(cls, text: str, language: str, analysis: Analysis) -> "Reading":
        words = tuple((word.span(), analysis.read(word[0], language)) for word in _WORD.finditer(text))
        present: dict[str, set[str]] = {}
        for _span, (code, stems) in words:
            present.setdefault(code, set()).update(stems)
        return cls(words, {code: frozenset(stems) for code, stems in present.items()})


@dataclass(frozen=True)
class Sought:
    """What is marked: single words, and phrases where all their words are in the text."""

    words: ByLanguage
    phrases: Mapping[str, tuple[Stems, ...]] = field(default_factory=dict)

    def within(self, present: ByLanguage) -> dict[str, Stems]:
        """What is to be marked in a text of these words."""
        found = {}
        for language, stems in present.items():
            marked = stems & self.words.get(language, _NONE)
            whole = [phrase for phrase in self.phrases.get(language, ()) if phrase <= stems]
            if marked or whole:
                found[language] = marked.union(*whole)
        return found


class Highlighter:
    """Marks the cards of one page of results."""

    def __init__(self, results: Results, analysis: Analysis, language: str) -> None:
        self.analysis, self.language = analysis, language
        words: dict[str, Stems] = dict(results.stems)
        for code, name in _names(results, analysis.knowledge):
            words[code] = words.get(code, _NONE) | frozenset(chain(code).stems(name))
        self.typed = Sought(words)
        self._readings: dict[Text, Reading] = {}

    def card(self, card: Card, hit: Hit) -> Card:
        """The words as they were sought; other words for the same only where the card shows none of those."""
        texts = {text: self._read(text) for text in _texts(card) if text}
        marked = {text: self.typed.within(reading.present) for text, reading in texts.items()}
        seen = _together(marked.values())
        for concept in hit.concepts:
            sought = self.analysis.sought(concept)
            if not sought.within(seen):
                for text, reading in texts.items():
                    marked[text] = _together((marked[text], sought.within(reading.present)))
                seen = _together(marked.values())
        shown = {text: _marked(text, reading, marked[text]) for text, reading in texts.items() if marked[text]}
        why = tuple(self._out_of_sight(hit, seen))
        return _with(card, shown, why) if shown or why else card

    def _read(self, text: Text) -> Reading:
        """Cards of one page have many texts in common: "free of charge", "German"."""
        if text not in self._readings:
            self._readings[text] = Reading.of(text.text, text.lang or self.language, self.analysis)
        return self._readings[text]

    def _out_of_sight(self, hit: Hit, seen: ByLanguage) -> Iterator[Text]:
        """The reasons that none of the marked words shows. One word may have named several concepts."""
        for reason, concepts in hit.reasons.items():
            if any(self.analysis.sought(concept).within(seen) for concept in concepts):
                continue
            if concepts:
                yield self._label(reason, concepts)
            elif not any(stems.intersection(chain(code).stems(reason)) for code, stems in seen.items()):
                yield here(reason)

    def _label(self, reason: str, concepts: tuple[str, ...]) -> Text:
        """With the language that it is in, which a page of another must say."""
        named = (label(*concept.split(":", 1)) for concept in concepts)
        return next((text for text in named if text.text == reason), here(reason))


def _together(some: Iterable[ByLanguage]) -> dict[str, Stems]:
    found: dict[str, Stems] = {}
    for marked in some:
        for language, stems in marked.items():
            found[language] = found.get(language, _NONE) | stems
    return found


def _texts(card: Card) -> Iterator[Text]:
    yield from (card.title, card.organisation, card.summary, card.foreign)
    for fact in (*card.composed, *card.facts):
        yield from fact.values


def _with(card: Card, shown: Mapping[Text, Text], why: tuple[Text, ...]) -> Card:
    def marked(fact: Fact) -> Fact:
        if shown.keys().isdisjoint(fact.values):
            return fact
        return replace(fact, values=tuple(shown.get(value, value) for value in fact.values))

    return replace(
        card,
        title=shown.get(card.title, card.title),
        organisation=shown.get(card.organisation, card.organisation),
        summary=shown.get(card.summary, card.summary),
        foreign=shown.get(card.foreign, card.foreign),
        composed=tuple(map(marked, card.composed)),
        facts=tuple(map(marked, card.facts)),
        why=why,
    )


def _marked(text: Text, reading: Reading, marked: ByLanguage) -> Text:
    spans = [span for span, (code, stems) in reading.words if not stems.isdisjoint(marked.get(code, _NONE))]
    # Templates ask a `Text` for its words by `str`, and a safe string stays one on the way.
    return replace(text, text=mark_safe("".join(_pieces(text.text, spans))))  # noqa: S308 - escaped there


def _names(results: Results, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    area = knowledge.tree.areas.get(results.place)
    yield from area.names.items() if area else ()


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Neighbours that only a blank parts are one mark: a phrase is read as one."""
    at = 0
    for begin, end in _joined(text, spans):
        yield f"{escape(text[at:begin])}<mark>{escape(text[begin:end])}</mark>"
        at = end
    yield escape(text[at:])


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    whole: tuple[int, int] | None = None
    for begin, end in spans:
        if whole and text[whole[1] : begin].isspace():
            whole = (whole[0], end)
            continue
        if whole:
            yield whole
        whole = (begin, end)
    if whole:
        yield whole
