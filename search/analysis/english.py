"""English: Snowball, one spelling for Britain and America, and the words that it joins or leaves apart."""

import re

from search.analysis.endings import parse_irregular
from search.analysis.snowball import snowball

_snowball = snowball("english")
_OUR = re.compile(r"(?<=\w{3})our(?=s?$|(?:ed|ing|al|hood)$)")
_ISE = re.compile(r"(?<=\w{3})is(?=(?:ations?|e|ed|es|ing|ers?)$)")
_DOUBLED = re.compile(r"(counse|cance|signa|trave|labe|jewe|mode)l(?=l)")
_IST = re.compile(r"(?<=\w{3})is(?:ts?|tic|tically|ms?)$")
_VERBS = frozenset({"assist", "consist", "insist", "resist", "exist", "persist", "subsist", "enlist"})
_WORDS = parse_irregular("""
child children childrens
woman women womens
man men mens
wife wives
life lives
person people persons
counsel counselor counselors counselling
threat threaten threatens threatened threatening
training trainings
trainer trainers
organization organizations
""")
# Snowball makes them train and organ, but who was attacked on a train asks for no training.
_WHOLE = frozenset({"training", "trainer", "organization"})


def stem(word: str) -> str:
    word = _DOUBLED.sub(r"\1", _ISE.sub("iz", _OUR.sub("or", word)))
    word = _WORDS.get(word, word)
    if word in _WHOLE:
        return word
    if word.removesuffix("s") not in _VERBS:
        word = _IST.sub("ism", word)
    return _snowball(word)
