"""Where a query is about: names of areas, districts and postcodes, also where a language bends them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from directory.areas import AreaTree
from search.analysis.chains import LANGUAGES, chain
from search.analysis.compounds import Splitter
from search.analysis.german import fold
from search.analysis.normalise import ascii_fold, lower, script
from search.phrases import Phrasebook

_SHORTEST = {"latin": 4, "cyrillic": 3, "greek": 4, "arabic": 3}
# Endings that names take, by the language of the page: the stemmers know words, and names are short.
_ENDINGS: Mapping[str, str] = {
    "de": "s er",
    "tr": "da de ta te dan den tan ten daki deki taki teki ya ye yi a e i u in un nin nun li lu",
    "pl": "ie cie zie dzie u em owi y i ii a e o",
    "cyrillic": "а я у ю е и і ы ой ою ею ом ем ии ию ії ію ією",
    "greek": "α ας η ης ο ου ος ω",
}
# "in", "from" and "and" lean on the name in Arabic.
_LEANING = ("ب", "ل", "و", "وب")
_GIVES_WAY = ("pl", "cyrillic", "greek")  # where the last letter of a name makes room for an ending


@dataclass(frozen=True)
class Place:
    area: str = ""
    words: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Gazetteer:
    tree: AreaTree
    phrases: Phrasebook  # names of several words
    names: Mapping[str, str]  # a name of one word, without marks → area
    spellings: tuple[str, ...] = ()  # such names as they are written

    @classmethod
    def compile(cls, tree: AreaTree) -> "Gazetteer":
        names = {slug: area_names(tree, slug) for slug in tree.areas}
        single = [(name, slug) for slug, some in names.items() for _code, name in some if _is_word(name)]
        bare = {_bare(name): slug for name, slug in single}
        longer = {slug: [one for one in some if not _is_word(one[1])] for slug, some in names.items()}
        return cls(tree, Phrasebook.compile(longer), bare, tuple(lower(name) for name, _slug in single))

    def find(self, words: Sequence[str], language: str) -> Place:
        """The smallest area that the words name."""
        longer = [match for match in self.phrases.matches(words, language, Splitter()) if match.weight == 1.0]
        found = [*(Place(match.concept, match.words) for match in longer), *self._single(words, language)]
        return max(found, key=lambda one: (self.tree.smaller_rank(one.area), one.area), default=Place())

    def knows(self, word: str, language: str) -> bool:
        return bool(self.find([word], language).area)

    def _single(self, words: Sequence[str], language: str) -> Iterable[Place]:
        for at, word in enumerate(words):
            area = "" if is_small(word) else self._unbent(_bare(word), script(word), language)
            if area:
                yield Place(area, frozenset({at}))

    def _unbent(self, word: str, kind: str, language: str) -> str:
        """Jenie, Йене, Jenada → jena: the ending off, and the last letter where the ending took its place."""
        chosen = language if kind == "latin" else kind
        endings = [ending for ending in ascii_fold(_ENDINGS.get(chosen, "")).split() if word.endswith(ending)]
        stems = [word, *(word.removesuffix(ending) for ending in endings)]
        if kind == "arabic":
            stems += [word.removeprefix(small) for small in _LEANING if word.startswith(small)]
        shortest = _SHORTEST.get(kind, 4)
        found = [
            self.names[stem] for stem in stems if stem in self.names and (stem == word or len(stem) >= shortest)
        ]
        if not found and chosen in _GIVES_WAY:
            found = [self.short[stem] for stem in stems[1:] if stem in self.short]
        return found[0] if found else ""

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Names without their last letter: Йен(а), Kolon(ia), Erfur(t)."""
        return {
            name[:-1]: area for name, area in self.names.items() if len(name) >= _SHORTEST.get(script(name), 4)
        }


def area_names(tree: AreaTree, slug: str) -> tuple[tuple[str, str], ...]:
    area = tree.areas[slug]
    plain = (*area.aliases, *area.quarters, *area.postcodes)
    return (*area.names.items(), *(("", name) for name in plain))


def _is_word(name: str) -> bool:
    """بن is Bonn in Persian and "son of" in Arabic."""
    return name.isalpha() and not (script(name) == "arabic" and len(name) < _SHORTEST["arabic"])


def _bare(word: str) -> str:
    return fold(ascii_fold(lower(word)))


def is_small(word: str) -> bool:
    """A stop word of any language is a real word, and no name."""
    return any(word in chain(code).stops for code in LANGUAGES)
