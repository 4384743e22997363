"""Ukrainian: light stemming. Snowball has no stemmer for it, and the Russian one does not know its і and ї."""

# longest first
_ENDINGS = (
    "ються", "ється", "увати", "ування", "ською", "ського", "ському", "ських", "ський", "ська", "ське", "ські",
    "ення", "ання", "ають", "яють", "ують", "іями", "ями", "ами", "ого", "ому", "ими", "ією", "ові", "еві", "ати",
    "ити", "іти", "али", "или", "ала", "ила", "ать", "ять", "ють", "уть", "ах", "ях", "ій", "ої", "ою", "ею",
    "єю", "ів", "їв", "ам", "ям", "ом", "ем", "ти", "ия", "ія", "ії", "ію", "іх", "их", "им",
    "ає", "ує", "є", "а", "я", "и", "і", "ї", "у", "ю", "о", "е", "й", "ь",
)  # fmt: skip


def stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
