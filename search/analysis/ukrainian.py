"""Ukrainian: light stemming. Snowball has no stemmer for it, and the Russian one does not know its і and ї."""

from search.analysis.endings import Endings, parse_irregular

_ENDINGS = Endings.parse("""
3 ються ється увати ування ювати ювання ською ського ському ських ський ськими ськім ська ське ські ську
3 еннями анням ення ення енням ання ають яють ують юють іями ями ами ого ому ими ією ові еві єві
3 итий итого итому
3 ати ити іти ути али или яли ала ила яла али ало ило ать ять ить їть ють уть ував увала ували ував
3 ає ує ює аю ую юю єш иш аємо уємо имо ите єте
3 ий ій ої ою ею єю ів їв ей їй ам ям ом ем єм ах ях ия ія ії ію іх их им ім ів
3 а я и і ї у ю о е є й ь ав ив яв ив
2 ка>к ки>к ку>к ко>к ці>к зі>г
""")
_DERIVED = Endings.parse("""
3 ейськ тельк>тел ель>ел
4 ей ат істськ>іст истськ>ист дк>д тк>т нтк>нт єць>ц
""")
# жінка, жінок; біженець, біженця
_FLEETING = Endings.parse("""
2 ець>ц ец>ц єць>ц
3 ок>к ек>к
""")
# рука, руці; дорога, дорозі; муха, мусі
_SOFTENED = Endings.parse("2 к>ц г>з х>с")
_IRREGULAR = parse_irregular("""
дитин діт
ден дн дня дню днем дні днів днями днях
правий праве праві правих правим правими правого
""")


def stem(word: str) -> str:
    found = _DERIVED.cut_all(_ENDINGS.cut(word), most=2)
    found = _open(_SOFTENED.cut(_FLEETING.cut(found)))
    return _IRREGULAR.get(word) or _IRREGULAR.get(found, found)


def _open(word: str) -> str:
    """ніч, ночі; робіт, робота: о becomes і where the syllable is closed."""
    if len(word) > 2 and word[-2] == "і":
        return f"{word[:-2]}о{word[-1]}"
    return word
