"""Where two versions of an entry differ: names of fields and of child rows, never what stands in them."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# What every save moves by itself; none of it is anybody's edit.
BOOKKEEPING = frozenset(
    {
        *("pk", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "expired"),
        *("latest_revision", "live_revision", "locked", "locked_at", "locked_by"),
    }
)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """In the order of the fields. What only one of both names counts as empty in the other."""
    old, new = _as_stored(before), _as_stored(after)
    names = [name for name in dict.fromkeys((*new, *old)) if name not in BOOKKEEPING]
    return tuple(name for name in names if plain(old.get(name)) != plain(new.get(name)))


def _as_stored(data: Mapping[str, Any]) -> dict[str, Any]:
    """One comes from a revision and one from the model: dates are text in the one and objects in the other."""
    found: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return found


def plain(value: Any) -> Any:
    """Everything empty is the same, words have no order, and a child row gets its number when it is published."""
    if isinstance(value, dict):
        kept = {key: plain(each) for key, each in value.items() if key != "pk"}
        return {key: each for key, each in kept.items() if each is not None} or None
    if isinstance(value, list):
        words = all(isinstance(each, str) for each in value)
        return (sorted(value) if words else [plain(each) for each in value]) or None
    return value if value or value is False or value == 0 else None
