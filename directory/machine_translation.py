"""Translation by a service, where the operator has switched one on. Readers are told until somebody checks it.

Only what everybody can read already is sent: texts of public entries, as they are published.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from directory import translating
from directory.languages import SHIPPED
from directory.models import Published
from directory.translatable import NOT_IN_XML, Piece, comparable, entry_key, latest, pieces, text_hash
from directory.translating import Given, Outcome, may_write
from directory.translation_state import State, source_language

# Nobody translates into Leichte Sprache word by word: it leaves out, orders anew and is tried out by readers.
NOT_BY_MACHINE = frozenset({"de-simple"})
TEXTS_AT_ONCE = 40
LETTERS_AT_ONCE = 8_000
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|[a-z]+);")
_NUMBER = re.compile(r"\d{3,}")


class Translator(Protocol):
    name: str

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """One translation for each text, in their order. Raises TranslatorError with words for staff."""
        ...


class TranslatorError(Exception):
    pass


@dataclass
class Result:
    outcome: Outcome = field(default_factory=Outcome)
    texts: int = 0
    refused: list[str] = field(default_factory=list)  # what the service answered and nobody can use, in words
    error: str = ""  # why it stopped; what was done before stays


def is_on() -> bool:
    return bool(settings.MACHINE_TRANSLATION)


def translator() -> Translator:
    try:
        made: Translator = import_string(settings.MACHINE_TRANSLATION)()
    except ImportError as error:
        raise TranslatorError(_("MACHINE_TRANSLATION names no translator.")) from error
    return made


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code in SHIPPED and code not in NOT_BY_MACHINE]


def missing(model: type[Published], language: str, only: Collection[int] | None = None) -> Iterator[Piece]:
    """Public texts without a translation."""
    for entry in latest(model):
        if (only is None or entry.pk in only) and is_public(entry) and source_language(entry) != language:
            yield from _missing_of(entry, language)


def is_public(entry: Any) -> bool:
    expired = getattr(entry, "valid_until", None) and entry.valid_until < timezone.localdate()
    return bool(entry.live and not getattr(entry, "internal_only", False) and not expired)


def _missing_of(entry: Any, language: str) -> Iterator[Piece]:
    """In a waiting draft, only those whose source is the published one."""
    found = [piece for piece in pieces(entry) if not piece.text(language)]
    if not found or not entry.has_unpublished_changes:
        yield from found
        return
    published = {piece.key: piece.source for piece in pieces(type(entry)._default_manager.get(pk=entry.pk))}
    yield from (piece for piece in found if published.get(piece.key) == piece.source)


def translate_missing(
    *,
    wanted: Sequence[Piece],
    language: str,
    by: AbstractBaseUser | None,
    service: Translator | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Result:
    """In portions, each written as soon as it has come: no lock is held while the service thinks."""
    result, done = Result(), 0
    mine = _writable(wanted, by)
    for portion in portions(mine):
        try:
            service = service or translator()
            given = _ask(service, portion, language, result.refused)
        except TranslatorError as error:
            result.error = str(error)
            break
        result.texts += len(given)
        result.outcome.add(translating.apply(given=given, language=language, by=by, made_by=service.name))
        done += len(portion)
        progress(done, len(mine))
    return result


def _writable(wanted: Sequence[Piece], by: AbstractBaseUser | None) -> list[Piece]:
    entries = {entry_key(piece.entry): piece.entry for piece in wanted}
    may = {key: may_write(entry, by) for key, entry in entries.items()}
    return [piece for piece in wanted if may[entry_key(piece.entry)]]


def portions(wanted: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Small enough for the service, and each in one source language."""
    portion: list[Piece] = []
    for piece in sorted(wanted, key=lambda each: source_language(each.entry)):
        letters = sum(len(each.source) for each in portion) + len(piece.source)
        other = portion and source_language(portion[0].entry) != source_language(piece.entry)
        if portion and (other or len(portion) == TEXTS_AT_ONCE or letters > LETTERS_AT_ONCE):
            yield portion
            portion = []
        portion.append(piece)
    if portion:
        yield portion


def _ask(service: Translator, portion: Sequence[Piece], language: str, refused: list[str]) -> list[Given]:
    source = source_language(portion[0].entry)
    answers = service.translate([comparable(piece.source) for piece in portion], source=source, target=language)
    if not isinstance(answers, list) or len(answers) != len(portion):
        raise TranslatorError(_("The service did not answer with one translation for each text."))
    given = []
    for piece, answer in zip(portion, answers, strict=True):
        if reason := nonsense(piece, answer):
            refused.append(f"{piece.context}: {reason}")
        else:
            given.append(Given(piece.key, answer.strip(), piece.stamp, text_hash(""), State.MACHINE))
    return given


def nonsense(piece: Piece, answer: Any) -> str:
    """Why this cannot be a translation of the text; empty where it can."""
    if not isinstance(answer, str) or not answer.strip():
        return _("the answer is empty.")
    if len(answer) > max(10 * len(piece.source), 200) or (piece.longest and len(answer) > piece.longest):
        return _("the answer is too long.")
    if NOT_IN_XML.search(answer) or (_MARKUP.search(answer) and not _MARKUP.search(piece.source)):
        return _("the answer contains markup or control characters.")
    if _numbers(piece.source) - _numbers(answer):
        return _("a number of the source is missing in the answer.")
    return ""


def _numbers(text: str) -> set[str]:
    """In whatever script they are written: a wrong telephone number leads nowhere."""
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in text)
    return set(_NUMBER.findall(plain))
