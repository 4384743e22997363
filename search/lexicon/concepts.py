"""What a word names by its translation: an inflected form no label has, but texts say for a German one."""

from collections.abc import Iterator, Sequence

from search.analysis.chains import chain
from search.lexicon.clauses import read
from search.lexicon.parallel import GERMAN
from search.lexicon.translations import Lexicon
from search.phrases import NEAR, Match, Phrasebook

SURE = 0.3  # so much of what stands for the word must be the label's word


def named(
    words: Sequence[str], language: str, lexicon: Lexicon, phrasebook: Phrasebook, explained: frozenset[int]
) -> Iterator[Match]:
    labels = phrasebook.phrases.get(GERMAN, {})
    for at, word in enumerate(words):
        if at in explained or word in chain(language).stops:
            continue
        for code, stem in read(word, language, lexicon):
            for german, probability in lexicon.to_german(code, stem)[:1]:
                for phrase in labels.get(german, ()) if probability >= SURE else ():
                    if len(phrase.stems) == 1:
                        yield Match(phrase.concept, phrase.label, frozenset({at}), NEAR)
