"""Snowball's stemmers, through PyStemmer."""

import threading
from collections.abc import Callable
from functools import lru_cache

import Stemmer

# They are not safe to share between threads.
_local = threading.local()


def snowball(name: str) -> Callable[[str], str]:
    @lru_cache(20_000)
    def stem(word: str) -> str:
        stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
        if name not in stemmers:
            stemmers[name] = Stemmer.Stemmer(name, 0)
        return str(stemmers[name].stemWord(word))

    return stem
