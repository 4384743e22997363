"""Brings the shipped vocabularies into the database. Only adds: what staff changed or wrote wins."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from directory.drafts import write_through
from directory.languages import column
from directory.models import Term
from directory.text import written
from directory.vocabulary_files import ShippedTerm, Vocabulary, shipped

_AWAITING = "awaiting"


@transaction.atomic
def load_vocabularies(
    vocabularies: Mapping[str, Vocabulary] | None = None,
    *,
    on_term: Callable[[], None] = lambda: None,
) -> None:
    known = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
    for terms in (shipped() if vocabularies is None else vocabularies).values():
        for term in terms.values():
            stored = known.get((term.vocabulary, term.slug))
            if stored is None:
                _create(term)
            else:
                write_through(stored, partial(_missing, term))
            on_term()


def _create(term: ShippedTerm) -> None:
    Term(
        vocabulary=term.vocabulary,
        slug=term.slug,
        order=term.order,
        parent=term.parent,
        also_under=list(term.also_under),
        synonyms={code: list(words) for code, words in term.synonyms.items()},
        extra=dict(term.extra),
        **{column("label", code): label for code, label in term.labels.items()},
    ).save()


def _missing(term: ShippedTerm, stored: Term) -> dict[str, Any]:
    """What this version of the stored term lacks."""
    labels = written(stored, "label")
    missing: dict[str, Any] = {
        column("label", code): label for code, label in term.labels.items() if code not in labels
    }
    synonyms = {code: list(words) for code, words in term.synonyms.items() if code not in stored.synonyms}
    if synonyms:
        missing["synonyms"] = {**stored.synonyms, **synonyms}
    # Who took `awaiting` away has checked the label: it must not come back.
    extra = {key: value for key, value in term.extra.items() if key not in stored.extra and key != _AWAITING}
    if extra:
        missing["extra"] = {**stored.extra, **extra}
    return missing
