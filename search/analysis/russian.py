"""Russian: Snowball, and what it leaves apart: vowels that come and go, women's forms, -ский."""

from search.analysis.endings import Endings, parse_irregular
from search.analysis.snowball import snowball

_snowball = snowball("russian")
_DERIVED = Endings.parse("""
3 ейск тельниц>тел тельск>тел истск>ист
4 ниц>ник анск>ан одск>од дк>д тк>т
""")
# беженец, беженца; ребенок, ребенка; девушка, девушек
_FLEETING = Endings.parse("""
2 ец>ц
3 ок>к ек>к ёк>к
""")
_IRREGULAR = parse_irregular("""
ребенк дет
ден день дня дню днем дни дней днями днях
правый правая правое правые правых правым правыми правого
""")


def stem(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    found = _DERIVED.cut(_FLEETING.cut(_snowball(word)))
    return _IRREGULAR.get(found, found)
