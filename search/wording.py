"""The words of a query as clauses: in which fields each is looked for, and what a match there is worth.

A word is looked for twice. As something wanted it decides what is found, by its best field. As evidence it only
orders what was found, and there the fields add up: a German word and its parts anywhere, in the title, at the
beginning, beside its neighbour, and its pieces. Measured, the sum ranks long pages better than the best field.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search.analysis.chains import Token, chain, readers
from search.analysis.normalise import script
from search.document import PHRASES, TEXT_LANGUAGES, TURNS, marked_grams, near, pair_of, parts_of, phrases
from search.lexicon.clauses import translated
from search.port import Term, Wanted
from search.stress import stress
from search.understanding import Knowledge, Understood

TITLE, TEXT, NAMES, LABELS, PARTS = 1.2, 1.0, 1.2, 0.5, 0.5
GERMAN_TITLE, GERMAN_TEXT, GERMAN_NAMES, GERMAN_PARTS = 0.5, 0.8, 0.5, 0.3  # evidence says the rest
GERMAN = frozenset(("title_de", "text_de", "names", "parts"))
ALSO = 0.1  # what a second field adds to the best one
EVIDENCE = {"whole": 1.0, "heading": 0.5, "lead": 0.5}
PAIR, GRAM, FOREIGN_GRAM = 0.3, 0.15, 0.06
AS_SAID = {PHRASES: 1.5, TURNS: 0.4}
GRAMS, LONG = 8, 0.5  # a word of more pieces than these is not worth so much more
CODED = 0.3  # of a word whose concept listings carry: what they are coded with says it better than their texts
UNCODED = 1.25  # where no word names such a concept, the German texts are all there is to go by


def words(
    understood: Understood,
    language: str,
    knowledge: Knowledge,
    explained: frozenset[int],
    coded: frozenset[int] = frozenset(),
) -> Iterable[Wanted]:
    """One for each word that nothing else explains: not the place, not a phrase of small words.

    `coded`: words for concepts that listings carry; the concept is the better translation.
    """
    for at, word in enumerate(understood.words):
        if at in explained:
            continue
        others = translated(word, language, knowledge.lexicon, _share(coded, at), of=len(understood.words))
        worth = stress(word, at in understood.small, knowledge) if _in_german(language, word) else 1.0
        worth *= UNCODED if _in_german(language, word) and not coded else 1.0
        own = _clauses(word, language, knowledge)
        clauses = (*(_weighed(clause, worth) for clause in own), *others)
        if clauses:
            yield Wanted(clauses, word, ALSO, frozenset({at}))


def _clauses(word: str, language: str, knowledge: Knowledge) -> Iterable[Term]:
    if _says_nothing(word, language):
        return
    kind = script(word)
    codes = [reader.language for reader in readers(kind)]
    if not word.isalpha():  # figures are of no script
        codes.append(language)
    stems = {code: chain(code).stem(word) for code in codes if word not in chain(code).stops}
    foreign = codes if kind not in ("latin", chain(language).script) else ()
    for code in dict.fromkeys((language, "de", "en", *foreign)):
        if code in stems and code in TEXT_LANGUAGES:
            yield from _in_texts(code, stems[code], evident=code == "de" and _in_german(language))
    if "de" in stems:
        yield from _in_german_fields(Token(word, stems["de"]), knowledge, evident=_in_german(language))
    for stem in dict.fromkeys(stems.values()):
        yield Term("labels", stem, LABELS)


def _weighed(clause: Term, worth: float) -> Term:
    """What a word is worth in German says nothing of it in another language."""
    return replace(clause, weight=clause.weight * worth) if clause.field in GERMAN else clause


def _in_texts(code: str, stem: str, evident: bool) -> Iterable[Term]:
    yield Term(f"title_{code}", stem, GERMAN_TITLE if evident else TITLE)
    yield Term(f"text_{code}", stem, GERMAN_TEXT if evident else TEXT)


def _in_german_fields(token: Token, knowledge: Knowledge, evident: bool) -> Iterable[Term]:
    yield Term("names", token.stem, GERMAN_NAMES if evident else NAMES)
    weight = GERMAN_PARTS if evident else PARTS
    yield Term("parts", token.stem, weight)
    for part in parts_of(token, knowledge.splitter):
        yield Term("text_de", part, weight)
        yield Term("parts", part, weight)


def evidence(understood: Understood, language: str, knowledge: Knowledge, coded: frozenset[int]) -> Sequence[Term]:
    """`coded`: as above."""
    kept = {
        at: word
        for at, word in enumerate(understood.words)
        if at not in understood.place_words and not _says_nothing(word, language)
    }
    german = {at: Token(word, chain("de").stem(word)) for at, word in kept.items() if _in_german(language, word)}
    worth = {at: _share(coded, at) for at in kept}
    for at, token in german.items():
        worth[at] *= stress(token.surface, at in understood.small, knowledge)
    found: dict[tuple[str, str], float] = {}
    whole, pairs, grams = _whole(german, knowledge, worth), _pairs(german, worth), _grams(kept, language, worth)
    for term in (*whole, *pairs, *_phrases(understood, language), *grams):
        found[term.field, term.term] = max(term.weight, found.get((term.field, term.term), 0.0))
    return [Term(field, term, weight) for (field, term), weight in found.items()]


def _whole(german: Mapping[int, Token], knowledge: Knowledge, worth: Mapping[int, float]) -> Iterator[Term]:
    for at, token in german.items():
        for stem in (token.stem, *parts_of(token, knowledge.splitter)):
            for field, weight in EVIDENCE.items():
                yield Term(field, stem, weight * worth[at])


def _pairs(german: Mapping[int, Token], worth: Mapping[int, float]) -> Iterator[Term]:
    for one, other in near(list(german)):
        pair = pair_of(german[one].stem, german[other].stem)
        yield Term("pairs", pair, PAIR * max(worth[one], worth[other]))


def _phrases(understood: Understood, language: str) -> Iterator[Term]:
    """As they were typed, with the small words and the place."""
    reader = chain("de")
    words = [Token(word, "" if word in reader.stops else reader.stem(word)) for word in understood.words]
    for field, phrase in phrases(words if _in_german(language) else ()):
        yield Term(field, phrase, AS_SAID[field])


def _grams(kept: Mapping[int, str], language: str, worth: Mapping[int, float]) -> Iterator[Term]:
    for at, word in kept.items():
        found = marked_grams(word) if len(word) > 2 else ()
        weight = GRAM * worth[at] * (GRAMS / max(1, len(found))) ** LONG if _in_german(language) else FOREIGN_GRAM
        for gram in found:
            yield Term("grams", gram, weight)


def _share(coded: frozenset[int], at: int) -> float:
    return CODED if at in coded else 1.0


def _in_german(language: str, word: str = "") -> bool:
    return chain(language).language == "de" and script(word) == "latin"


def _says_nothing(word: str, language: str) -> bool:
    return word in chain(language).stops or (len(word) == 1 and word.isalpha())
