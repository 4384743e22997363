"""What a query means: its words, the concepts and the place they name, and what was probably mistyped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from directory.areas import AreaTree
from directory.languages import preference
from search.analysis.capitals import small_words
from search.analysis.chains import WORDS, Chain, chain, kept, readers, surfaces
from search.analysis.compounds import Splitter
from search.analysis.normalise import script
from search.analysis.transliteration.readings import Transliterations
from search.document import Labels
from search.lexicon.concepts import named
from search.lexicon.translations import Lexicon
from search.phrases import Match, Phrasebook
from search.places import Gazetteer, is_small
from search.spelling import Correction, Speller

if TYPE_CHECKING:
    from directory.vocabulary import TermData

MAX_TEXT = 2_000
FORM = 0.65  # of a word that only a stemmer of another language knows, so much must be stem
PLACE = 8  # the names of places are many, and the short ones are near to ordinary words: Sachen, Sachsen
MAX_WORDS = 40  # nobody reads on after so many, and a query of 10,000 words must not cost a second
# What of a `Knowledge` is worked out when it is first asked for.
COMPILED = ("phrasebook", "places", "speller", "transliterations", "stems", "label_stems", "name_stems")
UNKNOWN = "Xqzyvw Жфщцьж βγξζψφ ضظثذغ"  # a word of each script that every corrector is asked about
OF_THE_VOCABULARY = ("phrasebook", "places", "label_stems", "spoken")  # the same whatever the listings say
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
    correction: str = ""  # all words as searched for, where one was corrected
    suggestion: str = ""  # all words with those corrections that are only offered
    small: frozenset[int] = frozenset()  # words typed in small letters where nouns are not

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
    lexicon: Lexicon = field(default_factory=Lexicon)  # learnt from what is said in several languages
    facts: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # a concern → the concepts that it stands for

    def with_words(
        self, words: Mapping[str, int], spellings: frozenset[str], splitter: Splitter, lexicon: Lexicon
    ) -> "Knowledge":
        """The same vocabulary beside other listings; its phrases are not compiled again."""
        known = replace(self, words=words, spellings=spellings, splitter=splitter, lexicon=lexicon)
        known.__dict__.update({name: getattr(self, name) for name in OF_THE_VOCABULARY})
        return known

    def with_more(self, words: Mapping[str, int], spellings: frozenset[str], lexicon: Lexicon) -> "Knowledge":
        """A few words more; what is compiled of all the others is not compiled again."""
        more = replace(self, words=words, spellings=spellings)
        more.__dict__.update(label_stems=self.label_stems)
        known = replace(self, words={**self.words, **words}, spellings=self.spellings | spellings, lexicon=lexicon)
        known.__dict__.update({name: getattr(self, name) for name in COMPILED})
        known.__dict__.update(stems=self.stems | more.stems, name_stems=self.name_stems | more.name_stems)
        return known

    def compile(self) -> None:
        """All that the first question would wait for."""
        for name in COMPILED:
            getattr(self, name)
        understand(UNKNOWN, "de", self)

    @cached_property
    def phrasebook(self) -> Phrasebook:
        return Phrasebook.compile(self.labels)

    @cached_property
    def places(self) -> Gazetteer:
        return Gazetteer.compile(self.tree)

    @cached_property
    def speller(self) -> Speller:
        places = (name for name in self.places.spellings if len(name) >= PLACE)
        return Speller({word: self.words.get(word, 0) for word in (*self.spellings, *places)})

    @cached_property
    def transliterations(self) -> Transliterations:
        words = {**dict.fromkeys((*self.places.spellings, *self.spoken), 1), **self.words}
        return Transliterations(words, self.spoken, self.spellings)

    @cached_property
    def spoken(self) -> Mapping[str, frozenset[str]]:
        """The words of labels and synonyms → the languages that have them."""
        found: dict[str, set[str]] = {}
        for code, label in (pair for pairs in self.labels.values() for pair in pairs):
            for word in surfaces(label, code):
                found.setdefault(word, set()).add(code)
        return {word: frozenset(codes) for word, codes in found.items()}

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(
            reader.stem(word)
            for word in self.words
            for reader in readers(script(word))
            if word not in reader.stops
        )

    @cached_property
    def label_stems(self) -> frozenset[str]:
        """Of the words of labels and synonyms."""
        labels = (label for pairs in self.labels.values() for _language, label in pairs)
        return _stems_of(word for label in labels for word in surfaces(label))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Of titles and names and of the parts of their compounds, beside those of labels."""
        parts = (part for word in self.spellings for part in self.splitter.split(word))
        return (_stems_of(self.spellings) | _stems_of(parts)) - self.label_stems

    def label(self, concept: str, language: str) -> str:
        """In the reader's language where there is one; labels stand before synonyms."""
        found = dict(reversed(self.labels.get(concept, ())))
        return next((found[code] for code in preference(language) if code in found), "")

    def knows(self, word: str, language: str) -> bool:
        """The word itself, a form of it, or all its parts."""
        if word in self.words or any(self._knows_form(word, reader, language) for reader in readers(script(word))):
            return True
        return bool(script(word) == "latin" and self.splitter.split(word))

    def _knows_form(self, word: str, reader: Chain, language: str) -> bool:
        """A stemmer of another language cuts what it takes for an ending: then much of the word must be left."""
        stem = reader.stem(word)
        own = reader.language in (language, "de", "en")
        known = stem in self.stems or (reader.language == language and self.lexicon.knows(language, stem))
        return known and (own or len(stem) >= FORM * len(word))


def _stems_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_stems, words))


@kept(WORDS)
def _stems(word: str) -> frozenset[str]:
    return frozenset(reader.stem(word) for reader in readers(script(word)))


def labels_of(vocabularies: Iterable[Mapping[str, "TermData"]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """concept → every (language, label or synonym) of it."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for terms in vocabularies:
        for slug, term in terms.items():
            synonyms = [(code, word) for code, words in term.synonyms.items() for word in words]
            found[f"{term.vocabulary}:{slug}"] = tuple(dict.fromkeys((*term.labels.items(), *synonyms)))
    return found


def understand(text: str, language: str, knowledge: Knowledge, *, verbatim: bool = False) -> Understood:
    typed = list(dict.fromkeys(surfaces(text[:MAX_TEXT], language)))[:MAX_WORDS]
    small = small_words(text[:MAX_TEXT], language) if chain(language).language == "de" else frozenset()
    typed = knowledge.transliterations.read(typed, language, lambda word: _stands(word, language, knowledge))
    typed = [word if _stands(word, language, knowledge) else _own_letters(word, knowledge) for word in typed]
    slips = {} if verbatim else _slips(typed, language, knowledge)
    small_at = frozenset(at for at, word in enumerate(typed) if word in small)
    sure = {word: slip.word for word, slip in slips.items() if slip.sure}
    words = tuple(sure.get(word, word) for word in typed)
    offered = tuple(slips[word].word if word in slips else word for word in typed)
    place = knowledge.places.find(words, language)
    matches = knowledge.phrasebook.matches(words, language, knowledge.splitter)
    kept = [match for match in matches if not match.words <= place.words or not place.words]
    explained = place.words.union(*(match.words for match in kept))
    kept += named(words, language, knowledge.lexicon, knowledge.phrasebook, explained)
    return Understood(
        words,
        tuple(_with_facts(kept, knowledge.facts)),
        place.area,
        place.words,
        correction=" ".join(words) if sure else "",
        suggestion=" ".join(offered) if offered != words else "",
        small=small_at,
    )


def _stands(word: str, language: str, knowledge: Knowledge) -> bool:
    """A word that needs no other letters: known, small, or on a page in Latin letters a slip of a known one."""
    if is_small(word) or knowledge.knows(word, language) or knowledge.places.knows(word, language):
        return True
    slip = knowledge.speller.correct(word) if chain(language).script == "latin" else None
    return slip is not None and slip.sure


def _own_letters(word: str, knowledge: Knowledge) -> str:
    """A name that stands in no word list of its language, in the letters that the body writes it with."""
    return word if script(word) == "latin" else knowledge.transliterations.in_latin(word) or word


def _slips(words: Sequence[str], language: str, knowledge: Knowledge) -> dict[str, Correction]:
    found = {word: _slip(word, language, knowledge) for word in words if not is_small(word)}
    return {word: slip for word, slip in found.items() if slip}


def _slip(word: str, language: str, knowledge: Knowledge) -> Correction | None:
    if word in knowledge.words or knowledge.places.knows(word, language):
        return None
    if knowledge.knows(word, language):
        meant = knowledge.speller.undoubled(word)
        return Correction(meant, sure=True) if meant else None
    return knowledge.speller.correct(word)


def _with_facts(matches: Sequence[Match], facts: Mapping[str, tuple[str, ...]]) -> list[Match]:
    """A concern is a door, not a property: its facts are what listings carry."""
    found: dict[str, Match] = {}
    for match in matches:
        for concept in facts.get(match.concept, (match.concept,)):
            found.setdefault(concept, replace(match, concept=concept))
    return list(found.values())
