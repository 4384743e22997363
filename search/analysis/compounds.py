"""German compounds: Antidiskriminierungsberatung → antidiskriminierung, beratung.

The parts come from the words of the directory itself (Koehn and Knight 2003: the split whose parts are most
frequent on geometric mean), so they follow the content and need no foreign word list. A short list of our own
names the heads of the field, which a young directory has not yet used on their own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from search.analysis import stopwords
from search.analysis.german import fold, stem

HEADS = """
beratung stelle amt hilfe kurs rat schutz gesetz angebot bildung arbeit gruppe treffen verein verband zentrum
telefon notruf dienst büro netz netzwerk schule lehrer lehrerin kind kinder jugend familie frauen männer
mädchen eltern opfer täter gewalt angriff hass rassismus diskriminierung beschwerde anzeige meldung melde
antrag geld fonds förderung projekt fortbildung schulung seminar workshop training vortrag material sprache
übersetzung dolmetscher wohnung miete vermieter nachbar polizei kontrolle gericht anwalt recht rechte klage
therapie trauma flüchtling migration migranten integration religion moschee synagoge kirche gemeinde
verwaltung stadt behörde feuer wehr rettung kranken wagen mitarbeiter mitarbeiterin kollege betrieb firma
unternehmen handwerk pflege haus arzt praxis klinik sport fußball stadion internet kommentar platz suche
""".split()  # noqa: SIM905 – a word list reads better as words
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_SHORTEST = 4
_SHORT = ("amt", "rat")
_SEEDED = 3  # a head of ours counts as if the directory had used it so often
_TAIL = 5  # a known word of so many letters at the end of an unknown one is its head
_FRONT = 4  # with so many letters before it
_LONG = 14  # a word of so many letters is a compound, however often the directory uses it
# Small words and endings that look like parts: schw+eine+fleisch, unter+richt, betrieb+liche.
_ENDINGS = """
lich liche lichen licher liches bar bare baren haft hafte haften heit keit schaft schaften ende enden ender isch
ische ischen los lose losen ung ungen tieren tiert
"""
_NEVER = frozenset(fold(word) for word in f"{stopwords.RAW['de']} {_ENDINGS}".split()) - {*map(fold, HEADS)}


@dataclass(frozen=True)
class Splitter:
    """`counts`: how often the directory uses each stem; `forms`: its words as they are written."""

    counts: Mapping[str, int] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()

    @classmethod
    def learn(cls, words: Mapping[str, int]) -> "Splitter":
        counts: dict[str, int] = {}
        for word, count in words.items():
            if len(word) >= _SHORTEST and word.isalpha():
                counts[stem(word)] = counts.get(stem(word), 0) + count
        counts = {word: count for word, count in counts.items() if count > 1}
        return cls(counts, frozenset(fold(word) for word in words if stem(word) in counts))

    @cached_property
    def _parts(self) -> Mapping[str, int]:
        seeds = {stem(head): _SEEDED for head in HEADS}
        return {**self.counts, **{head: max(count, self.counts.get(head, 0)) for head, count in seeds.items()}}

    @cached_property
    def _forms(self) -> frozenset[str]:
        return self.forms | {fold(head) for head in HEADS}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, or nothing where a word is none."""
        word = fold(word)
        if len(word) < 2 * _SHORTEST or not word.isalpha():
            return ()
        score, parts = self._best(word, len(word))
        own = self._count(word)
        is_compound = score >= own or own < _SEEDED or len(word) >= _LONG
        return parts if len(parts) > 1 and score > 0 and is_compound else ()

    def parts(self, word: str) -> tuple[str, ...]:
        """All that a word may be found by: its parts, their own parts, the known head of an unknown word."""
        return self._cached(word)

    @cached_property
    def _cached(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(20_000)(self._all_parts)

    def _all_parts(self, word: str) -> tuple[str, ...]:
        split = self.split(word)
        if not split:
            return self._tail(fold(word))
        parts = (found for part in split for found in (part, *self.parts(part)))
        return (*parts, *self._fronts(fold(word), split))

    def _fronts(self, word: str, split: tuple[str, ...]) -> Iterator[str]:
        """Berufsausbildungsprogramm → berufsausbildung: the words that the front of a longer compound is."""
        end = 0
        for number, part in enumerate(split):
            end = word.index(part, end)
            if number > 1 and (front := self._head(word[:end])):
                yield front
            end += len(part)

    def _tail(self, word: str) -> tuple[str, ...]:
        """Nahrungsmittelhilfe → hilfe. The head says what a thing is, so it is worth having alone."""
        if self._count(word) or not word.isalpha():
            return ()
        for start in range(_FRONT, len(word) - _TAIL + 1):
            tail = word[start:]
            if tail in self._forms and self._count(tail) >= _SEEDED:
                return (tail, *self.parts(tail), *self._front(word[:start]))
        return ()

    def _front(self, word: str) -> tuple[str, ...]:
        """Nahrungsmittelhilfeprogramm: what is before a head is a word, or has a head itself."""
        if head := self._head(word):
            return (head, *self.parts(head))
        return self.parts(word.removesuffix("s"))

    def _best(self, word: str, whole: int) -> tuple[float, tuple[str, ...]]:
        """The best way to tile `word`, by geometric mean of the parts' counts."""
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        own = self._count(word)
        if own and len(word) < whole:
            best = (float(own), (word,))
        for end in range(3, len(word) - 2):
            head = self._head(word[:end])
            if not head:
                continue
            rest_score, rest = self._best(word[end:], whole)
            if not rest:
                continue
            count = self._count(head)
            score = (count * rest_score ** len(rest)) ** (1 / (len(rest) + 1))
            if score > best[0] or (best[1] == (word,) and score >= best[0] * 2):
                best = (score, (head, *rest))
        return best

    def _head(self, piece: str) -> str:
        for link in _LINKS:
            part = piece[: len(piece) - len(link)]
            if piece.endswith(link) and self._count(part) and self._written(part):
                return part
        return ""

    def _written(self, part: str) -> bool:
        """kontak+tieren: a stem alone is no word. Schul, Sprach: an e falls off before another part."""
        return not self._forms.isdisjoint((part, f"{part}e", f"{part}en"))

    def _count(self, piece: str) -> int:
        if piece in _NEVER:
            return 0
        return self._parts.get(stem(piece), 0) if len(piece) >= _SHORTEST or piece in _SHORT else 0
