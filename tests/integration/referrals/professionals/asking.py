"""The page for professionals, as a browser sends it: codes only."""

from referrals.codes import code

PAGE = "/de/fachkraefte/"
SHOW = {"step": "show"}


def chosen(**fields: str) -> dict[str, list[str]]:
    """what="violence threat" → what the form posts for it."""
    return {code(name): [code(name, value) for value in values.split()] for name, values in fields.items()}


def asked(**fields: str) -> dict[str, list[str] | str]:
    return {**chosen(**fields), **SHOW}
