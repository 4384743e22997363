"""Polish: light stemming without marks, which people leave out and Snowball needs."""

from search.analysis.endings import Endings, parse_irregular
from search.analysis.normalise import ascii_fold

_ENDINGS = Endings.parse("""
3 ami iami ach iach owi iowi owie om iom ow iow em iem ie ia iu io ego iego emu iemu ymi imi ej iej
3 a e i o u y ym im ych ich
3 cie>t ci>t cia>t dzie>d dzi>d dze>g rze>r
3 sci>sc scia>sc
4 owac owal owali owala owany owana owani uje uja ujesz ac al ala ali ano any ana aja asz
3 il ila ili ilo ic ito ity ita iony iona ieni
4 nie>n nia>n niu>n niem>n niach>n
""")
_DERIVED = Endings.parse("""
4 owsk owskiego owskiej ielk>iel dk>d tk>t ant ow owa owy owe owej
4 istowsk>ist
""")
# chłopiec, chłopca; dziewczynka, dziewczynek
_FLEETING = Endings.parse("3 iec>c ek>k")
_IRREGULAR = parse_irregular("""
dzieck dziec dziet dziecm dzieciom dziecmi
maz mez
""")


def stem(word: str) -> str:
    found = _DERIVED.cut(_FLEETING.cut(_ENDINGS.cut(ascii_fold(word))))
    found = _IRREGULAR.get(found, found)
    # sąsiad, sąsiedzi
    return f"{found[:-3]}ia{found[-1]}" if len(found) > 4 and found[-3:-1] == "ie" else found
