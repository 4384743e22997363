"""The vocabulary's labels and synonyms as phrases of stems, and where a query says one of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis.chains import chain, readers, surfaces
from search.analysis.compounds import Splitter
from search.analysis.normalise import script

# "Arbeit und Bewerbung" is two phrases: its parts name the concept, each alone.
_SEPARATORS = re.compile(
    r"[,;:/()|]|\s[–-]\s|\s(?:und|oder|and|or|ve|veya|та|або|і|й|и|или|oraz|lub|i|et|ou|y|o|και|ή|و)\s|\sو(?=ال)"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT = 3  # such short words are believed only in the language of the page
_LONG = 6  # words that another language is believed on where the small words are those of the page
PART, NEAR = 0.8, 0.7  # how far a part of a compound, or a word that only begins alike, is believed
_CLOSE = 0.7  # two inflected forms share so much of the longer one


@dataclass(frozen=True)
class Phrase:
    stems: frozenset[str]
    concept: str
    label: str


@dataclass(frozen=True)
class Match:
    concept: str
    label: str  # what was recognised, as the vocabulary words it
    words: frozenset[int]  # positions in the query
    weight: float = 1.0
    part: str = ""  # of a compound, where one part says it and another may say something else


@dataclass(frozen=True)
class Phrasebook:
    """Phrases by language and by their longest stem."""

    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    prefixes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def compile(cls, labels: Mapping[str, Iterable[tuple[str, str]]]) -> "Phrasebook":
        found: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        for concept, pairs in labels.items():
            for language, label in pairs:
                for code, phrase in _phrases(concept, language, label):
                    same = found[code][max(sorted(phrase.stems), key=len)]
                    if phrase not in same:
                        same.append(phrase)
        phrases = {code: {stem: tuple(some) for stem, some in by.items()} for code, by in found.items()}
        return cls(phrases, {code: _by_prefix(by) for code, by in phrases.items()})

    def matches(self, words: Sequence[str], language: str, splitter: Splitter) -> list[Match]:
        """What the words say; a word that one language has explained is not offered to the next."""
        taken: set[int] = set()
        found: list[Match] = []
        for code in self._order(words, language):
            some = self._in_language(words, code, language, splitter)
            if code not in (language, "de"):
                some = [match for match in some if not match.words & taken]
            found += some
            taken.update(at for match in some for at in match.words)
        return _dominant(found)

    def _in_language(self, words: Sequence[str], code: str, language: str, splitter: Splitter) -> list[Match]:
        read = self._read(words, code, language)
        some = [*self._exact(read, code)]
        explained = {at for match in some for at in match.words}
        left = {at: stem for at, stem in read.items() if at not in explained}
        if code == "de":
            return [*some, *self._parts(words, left, splitter)]
        return some if code == "en" or _says_otherwise(words, code, language) else [*some, *self._near(left, code)]

    def _order(self, words: Sequence[str], language: str) -> list[str]:
        scripts = {script(word) for word in words}
        codes = [reader.language for kind in sorted(scripts) for reader in readers(kind)]
        return sorted(codes, key=lambda code: (code != language, code != "de", code != "en", code))

    def _read(self, words: Sequence[str], code: str, language: str) -> dict[int, str]:
        own = code in (language, "de")
        reader = chain(code)
        small = chain(language).stops - reader.stops  # French "comment" is no comment, Spanish "para" no money
        length = _LONG if code != "en" and _says_otherwise(words, code, language) else _SHORT + 1
        kept = (at for at, word in enumerate(words) if word not in small and (own or len(word) >= length))
        return {at: f"={words[at]}" if words[at] in reader.stops else reader.stem(words[at]) for at in kept}

    def _exact(self, read: Mapping[int, str], code: str) -> Iterator[Match]:
        where: dict[str, set[int]] = defaultdict(set)
        for at, stem in read.items():
            where[stem].add(at)
        for phrase in self._starting(where, code):
            if phrase.stems <= where.keys():
                positions = frozenset(at for stem in phrase.stems for at in where[stem])
                yield Match(phrase.concept, phrase.label, positions)

    def _parts(self, words: Sequence[str], read: Mapping[int, str], splitter: Splitter) -> Iterator[Match]:
        for at in read:
            stems = {chain("de").stem(part) for part in splitter.split(words[at])}
            for phrase in self._starting(sorted(stems), "de"):
                if phrase.stems <= stems:
                    part = " ".join(sorted(phrase.stems))
                    yield Match(phrase.concept, phrase.label, frozenset({at}), PART, part)

    def _near(self, read: Mapping[int, str], code: str) -> Iterator[Match]:
        """Long words with endings that the stemmer does not know: Turkish piles them up."""
        for at, stem in read.items():
            near = [other for other in self.prefixes.get(code, {}).get(stem[:4], ()) if _close(stem, other)]
            for phrase in self._starting(near, code):
                if len(phrase.stems) == 1:
                    yield Match(phrase.concept, phrase.label, frozenset({at}), NEAR)

    def _starting(self, stems: Iterable[str], code: str) -> Iterator[Phrase]:
        phrases = self.phrases.get(code, {})
        return (phrase for stem in stems for phrase in phrases.get(stem, ()))


def _says_otherwise(words: Sequence[str], code: str, language: str) -> bool:
    """The small words are those of the page: "the flat is gone" is not Polish, whatever "gone" is there."""
    own, other = chain(language).stops, chain(code).stops
    return code != language and sum(word in own for word in words) > sum(word in other for word in words)


def _phrases(concept: str, language: str, label: str) -> Iterable[tuple[str, Phrase]]:
    label = _BRACKETS.sub(" ", label)
    for piece in dict.fromkeys((label, *_SEPARATORS.split(label))):
        codes = (language,) if language else tuple(reader.language for reader in readers(script(piece.lstrip())))
        for code in codes:
            reader = chain(code)
            stems = frozenset(reader.stems(piece))
            if len(stems) < 2:
                # "mein Mann" is not "Mann", "kill myself" is not "kill": here the small words carry the meaning.
                stems |= {f"={word}" for word in surfaces(piece, code) if word in reader.stops}
            if stems:
                yield reader.language, Phrase(stems, concept, label)


def _by_prefix(phrases: Mapping[str, tuple[Phrase, ...]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for stem, some in phrases.items():
        if len(stem) >= 4 and any(len(phrase.stems) == 1 for phrase in some):
            found[stem[:4]].append(stem)
    return {prefix: tuple(stems) for prefix, stems in found.items()}


def _close(one: str, other: str) -> bool:
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return shared >= 4 and shared >= _CLOSE * max(len(one), len(other))


def _dominant(matches: list[Match]) -> list[Match]:
    """Of matches on the same words the longest speaks; of one concept the strongest."""
    best: dict[str, Match] = {}
    for match in matches:
        if any(
            match.words < other.words and other.weight == 1.0 and _speaks_for(other, match) for other in matches
        ):
            continue
        if match.concept not in best or best[match.concept].weight < match.weight:
            best[match.concept] = match
    return list(best.values())


def _speaks_for(longer: Match, match: Match) -> bool:
    """A "racist attack" is an attack, and the motive stays said."""
    is_motive = match.concept.startswith("grounds:")
    return not is_motive or longer.concept.startswith("grounds:")
