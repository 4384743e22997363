"""What must hold before anything runs: a wrong setting here would mix languages or lose them."""

from collections.abc import Iterator, Sequence
from ssl import create_default_context
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from modelcluster.models import get_all_child_relations
from modeltranslation.translator import translator
from wagtail.models import RevisionMixin

from directory.languages import MAIN, SHIPPED
from directory.models import TranslatedRevisions
from search.cluster import address


def check_languages(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    enabled = [code for code, _name in settings.LANGUAGES]
    problems = []
    if unknown := [code for code in enabled if code not in SHIPPED]:
        problems.append(
            Error(
                f"LANGUAGES names languages that Wegweiser does not ship: {', '.join(unknown)}",
                hint=f"Choose among {', '.join(SHIPPED)}.",
                id="wegweiser.E001",
            )
        )
    if MAIN not in enabled or settings.LANGUAGE_CODE != MAIN:
        problems.append(
            Error(
                f"LANGUAGES must contain {MAIN}, which every text falls back to.",
                hint=f"Add it: LANGUAGES={','.join([MAIN, *enabled])}",
                id="wegweiser.E002",
            )
        )
    return problems


def check_columns(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """The columns must never follow the operator's choice: a language taken out would lose its texts."""
    if tuple(settings.MODELTRANSLATION_LANGUAGES) == tuple(SHIPPED):
        return []
    return [Error("MODELTRANSLATION_LANGUAGES must be all shipped languages, always.", id="wegweiser.E003")]


def check_revisions(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"{model.__name__} is translated and has revisions, but TranslatedRevisions is not its first base.",
            hint="Without it, text of one language is written into another one when a revision is opened.",
            obj=model,
            id="wegweiser.E004",
        )
        for model in _versioned(translator.get_registered_models(abstract=False))
        if not _guarded(model)
    ]


def check_search(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Whoever names a cluster must not believe that it is used when it cannot be."""
    if not settings.SEARCH_URL.strip():
        return []
    try:
        where = address.read(settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE)
    except address.AddressError as problem:
        hint = "Leave it out: the embedded index needs no service."
        return [Error(f"SEARCH_URL is wrong: {problem}.", hint=hint, id="wegweiser.E005")]
    return [*_trusted(where.ca_file), *_in_plain_text(where)]


def _trusted(ca_file: str) -> Iterator[CheckMessage]:
    try:
        if ca_file:
            create_default_context(cafile=ca_file)
    except OSError as problem:  # what is wrong with the certificates is one too
        kind = type(problem).__name__
        hint = "It names a file of the certificates (PEM) that the cluster's own was signed with."
        yield Error(f"SEARCH_CA_FILE cannot be used ({kind}).", hint=hint, id="wegweiser.E006")


def _in_plain_text(where: address.Address) -> Iterator[CheckMessage]:
    if where.shows_secrets:
        hint = "Set https://, with SEARCH_CA_FILE for certificates of your own."
        yield Warning(
            "SEARCH_URL: the password crosses the network in plain text.", hint=hint, id="wegweiser.W001"
        )


def _versioned(registered: Sequence[type[Any]]) -> Iterator[type[Any]]:
    """The registered models with revisions of their own, and those whose rows lie in another one's revision."""
    children = {
        relation.related_model for model in _with_revisions() for relation in get_all_child_relations(model)
    }
    return (model for model in registered if issubclass(model, RevisionMixin) or model in children)


def _with_revisions() -> list[type[Any]]:
    from django.apps import apps  # not ready when this module is imported

    return [model for model in apps.get_models() if issubclass(model, RevisionMixin)]


def _guarded(model: type[Any]) -> bool:
    """First among the bases that take part in making a revision."""
    serialising = [base for base in model.__mro__ if "serializable_data" in base.__dict__]
    return bool(serialising) and serialising[0] is TranslatedRevisions
