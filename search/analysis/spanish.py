"""Spanish: Snowball on words without marks, and what it joins or leaves apart."""

from search.analysis.endings import Endings
from search.analysis.normalise import ascii_fold
from search.analysis.snowball import snowball

_snowball = snowball("spanish")
# niño and niña are one word, these are two.
_NO_GENDER = frozenset(
    """
casa caso derecho derecha puerto puerta punto punta banco banca plato plata modo moda libro libra marco marca
cuadro cuadra fondo fonda cargo carga copo copa foco foca gesto gesta madero madera pato pata plazo plaza velo vela
""".split()  # noqa: SIM905 – a word list reads better as words
)
_PLURAL = {"mujeres": "mujer"}  # which Snowball takes for a verb
_DERIVED = Endings.parse("""
3 ismo>ism ista>ism ismos>ism istas>ism
4 ame
""")
_SOFTENED = Endings.parse("3 z>c")  # juez, jueces; amenaza, amenace


def stem(word: str) -> str:
    word = _PLURAL.get(ascii_fold(word), ascii_fold(word))
    if word.removesuffix("s") in _NO_GENDER:
        return word.removesuffix("s")
    derived = _DERIVED.cut(word)
    return derived if derived != word else _SOFTENED.cut(_snowball(word))
