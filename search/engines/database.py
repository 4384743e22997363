"""When no engine works: the same plan, weighed in Python over the listings' coded facts and names.

Slower and coarser than an index, which is said on the page; but an edit or a broken disk never costs the search.
"""

from collections.abc import Iterable

from search.port import Clause, Document, Found, Plan, Term, Wanted


class DatabaseEngine:
    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        self.documents |= {document.id: document for document in documents}
        for id in gone:
            self.documents.pop(id, None)

    def ids(self) -> frozenset[str]:
        return frozenset(self.documents)

    def search(self, plan: Plan) -> Found:
        matching = [document for document in self.documents.values() if _wants(plan, document)]
        kept = [document for document in matching if _passes(plan, document)]
        order = {document.id: document.order if not plan.wanted else "" for document in kept}
        ranked = sorted((-_score(plan, document), order[document.id], document.id) for document in kept)
        page = ranked[plan.offset : plan.offset + plan.limit]
        return Found(
            tuple((id, -score) for score, _order, id in page),
            len(kept),
            {name: _count(name, plan, matching) for name in plan.facets},
            {id: _matched(plan, self.documents[id]) for _score, _order, id in page},
        )


def _wants(plan: Plan, document: Document) -> bool:
    return not plan.wanted or any(_weight(wanted, document) is not None for wanted in plan.wanted)


def _passes(plan: Plan, document: Document, without: str = "") -> bool:
    return all(
        name == without or not values.isdisjoint(document.values.get(name, ()))
        for name, values in plan.filters.items()
    )


def _score(plan: Plan, document: Document) -> float:
    weights = (_weight(wanted, document) for wanted in (*plan.wanted, *plan.leanings))
    hints = (hint.weight for hint in plan.hints if _has(hint, document))
    return round(sum(weight for weight in weights if weight is not None) + sum(hints), 4)


def _weight(wanted: Wanted, document: Document) -> float | None:
    """None where nothing of it matches: a match may weigh nothing."""
    found = [clause.weight for clause in wanted.clauses if _has(clause, document)]
    return max(found) + wanted.share * (sum(found) - max(found)) if found else None


def _has(clause: Clause, document: Document) -> bool:
    if isinstance(clause, Term):
        return clause.term in document.terms.get(clause.field, ())
    return clause.absent == set(clause.values).isdisjoint(document.values.get(clause.field, ()))


def _matched(plan: Plan, document: Document) -> tuple[int, ...]:
    return tuple(at for at, wanted in enumerate(plan.wanted) if _weight(wanted, document) is not None)


def _count(name: str, plan: Plan, matching: Iterable[Document]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for document in matching:
        if _passes(plan, document, without=name):
            for value in document.values.get(name, ()):
                counts[value] = counts.get(value, 0) + 1
    return counts
