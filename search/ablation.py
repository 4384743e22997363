"""The search without one of its parts, to measure what that part is worth."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from search.analysis.chains import unstemmed
from search.analysis.compounds import Splitter
from search.lexicon.translations import Lexicon
from search.library import Library
from search.port import Clause, Document, Engine, Found, Plan, Term, Value

PARTS = ("stemmer", "compounds", "grams", "concepts", "lexicon")
_FIELDS = {"compounds": "parts", "grams": "grams", "concepts": "labels"}  # part → the field that only it fills
_NEVER = (Value("concepts", ("",)),)
Some = TypeVar("Some", bound=Clause)


class Whole(Splitter):
    def split(self, word: str) -> tuple[str, ...]:
        return ()

    def parts(self, word: str) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Deaf:
    """An engine that does not hear what is looked for in some fields."""

    engine: Engine
    fields: frozenset[str]

    def search(self, plan: Plan) -> Found:
        """What was asked keeps its place in the plan, also where nothing of it is left."""
        wanted = (replace(one, clauses=tuple(self._heard(one.clauses)) or _NEVER) for one in plan.wanted)
        return self.engine.search(replace(plan, wanted=tuple(wanted), hints=tuple(self._heard(plan.hints))))

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        self.engine.update(documents, gone)

    def ids(self) -> frozenset[str]:
        return self.engine.ids()

    def _heard(self, clauses: Sequence[Some]) -> Iterable[Some]:
        return (one for one in clauses if not (isinstance(one, Term) and one.field in self.fields))


@contextmanager
def analysing(left_out: frozenset[str]) -> Iterator[None]:
    """Stems are in the index as in the query: both must be made in here."""
    if "stemmer" not in left_out:
        yield
        return
    with unstemmed():
        yield


def without(left_out: frozenset[str], library: Library) -> Library:
    knowledge = library.knowledge
    if "compounds" in left_out:
        knowledge = replace(knowledge, splitter=Whole())
    if "concepts" in left_out:
        knowledge = replace(knowledge, labels={}, facts={})
    if "lexicon" in left_out:
        knowledge = replace(knowledge, lexicon=Lexicon())
    deaf = Deaf(library.engine, frozenset(_FIELDS[part] for part in left_out if part in _FIELDS))
    return replace(library, engine=deaf, knowledge=knowledge)
