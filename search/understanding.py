"""What a query means: its words, the concepts and the place they name, and what was probably mistyped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.areas import AreaTree
from directory.languages import preference
from search.analysis.chains import chain, readers, surfaces
from search.analysis.compounds import Splitter
from search.analysis.normalise import script
from search.document import Labels
from search.phrases import Match, Phrasebook

if TYPE_CHECKING:
    from directory.vocabulary import TermData

MAX_TEXT = 2_000
MAX_WORDS = 40  # nobody reads on after so many, and a query of 10,000 words must not cost a second
# Vocabularies whose words people search with. Those left out describe how a page is made, not a need.
SEARCHED = (
    "grounds", "topics", "life_areas", "kinds_of_help", "target_groups", "sectors", "formats", "roles",
    "what", "who", "asker", "wish", "office", "time", "access_features", "modes", "concerns", "education_stages",
)  # fmt: skip


@dataclass(frozen=True)
class Understood:
    words: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    place: str = ""  # area slug
    place_words: frozenset[int] = frozenset()
    correction: str = ""

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(match.concept for match in self.matches)


@dataclass(frozen=True)
class Knowledge:
    """Everything that understanding rests on, as plain data."""

    labels: Labels = field(default_factory=dict)
    tree: AreaTree = field(default_factory=lambda: AreaTree({}))
    words: Mapping[str, int] = field(default_factory=dict)  # the directory's own words → how often
    spellings: frozenset[str] = frozenset()  # those of them that a slip may be corrected to
    splitter: Splitter = field(default_factory=Splitter)
    facts: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # a concern → the concepts that it stands for

    def with_words(self, words: Mapping[str, int], spellings: frozenset[str], splitter: Splitter) -> "Knowledge":
        """The same vocabulary beside other listings; its phrases are not compiled again."""
        known = replace(self, words=words, spellings=spellings, splitter=splitter)
        known.__dict__.update(phrasebook=self.phrasebook, places=self.places)
        return known

    @cached_property
    def phrasebook(self) -> Phrasebook:
        return Phrasebook.compile(self.labels)

    @cached_property
    def places(self) -> Phrasebook:
        return Phrasebook.compile({slug: area_names(self.tree, slug) for slug in self.tree.areas})

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(
            reader.stem(word)
            for word in self.words
            for reader in readers(script(word))
            if word not in reader.stops
        )

    @cached_property
    def by_script(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self.spellings, key=lambda word: (-self.words.get(word, 0), word)):
            if len(word) >= 4:
                found.setdefault(script(word), []).append(word)
        return found

    def label(self, concept: str, language: str) -> str:
        """In the reader's language where there is one; labels stand before synonyms."""
        found = dict(reversed(self.labels.get(concept, ())))
        return next((found[code] for code in preference(language) if code in found), "")

    def knows(self, word: str) -> bool:
        if word in self.words or any(reader.stem(word) in self.stems for reader in readers(script(word))):
            return True
        return bool(script(word) == "latin" and self.splitter.split(word))


def labels_of(vocabularies: Iterable[Mapping[str, "TermData"]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """concept → every (language, label or synonym) of it."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for terms in vocabularies:
        for slug, term in terms.items():
            synonyms = [(code, word) for code, words in term.synonyms.items() for word in words]
            found[f"{term.vocabulary}:{slug}"] = tuple(dict.fromkeys((*term.labels.items(), *synonyms)))
    return found


def area_names(tree: AreaTree, slug: str) -> tuple[tuple[str, str], ...]:
    area = tree.areas[slug]
    plain = (*area.aliases, *area.quarters, *area.postcodes)
    return (*area.names.items(), *(("", name) for name in plain))


def understand(text: str, language: str, knowledge: Knowledge) -> Understood:
    typed = list(dict.fromkeys(surfaces(text[:MAX_TEXT], language)))[:MAX_WORDS]
    stops = chain(language).stops
    corrected = tuple(word if word in stops else _corrected(word, knowledge) for word in typed)
    correction = " ".join(corrected) if corrected != tuple(typed) else ""
    place, place_words = _place(corrected, language, knowledge)
    matches = knowledge.phrasebook.matches(corrected, language, knowledge.splitter)
    kept = [match for match in matches if not match.words <= place_words or not place_words]
    return Understood(corrected, tuple(_with_facts(kept, knowledge.facts)), place, place_words, correction)


def _with_facts(matches: Sequence[Match], facts: Mapping[str, tuple[str, ...]]) -> list[Match]:
    """A concern is a door, not a property: its facts are what listings carry."""
    found: dict[str, Match] = {}
    for match in matches:
        for concept in facts.get(match.concept, (match.concept,)):
            found.setdefault(concept, Match(concept, match.label, match.words, match.weight))
    return list(found.values())


def _place(words: Sequence[str], language: str, knowledge: Knowledge) -> tuple[str, frozenset[int]]:
    """The smallest area that the words name; a district stands for its city where listings name only that."""
    exact = [match for match in knowledge.places.matches(words, language, Splitter()) if match.weight == 1.0]
    if not exact:
        return "", frozenset()
    smallest = max(exact, key=lambda match: (knowledge.tree.smaller_rank(match.concept), match.concept))
    return smallest.concept, smallest.words


def _corrected(word: str, knowledge: Knowledge) -> str:
    """The directory's word that was probably meant; what is known or short stays."""
    if len(word) < 5 or not word.isalpha() or knowledge.knows(word):
        return word
    if knowledge.places.matches([word], "de", Splitter()):
        return word
    slips = 2 if len(word) >= 10 else 1
    alike = [other for other in knowledge.by_script.get(script(word), []) if other[0] == word[0]]
    best = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=slips)
    return str(best[0]) if best else word
