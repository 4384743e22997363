"""A referral as plain text, for a mail or a file: in the active language, and nothing for professionals only."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.cards import Card, Fact, in_words
from directory.languages import MAIN
from directory.models import Contact
from directory.text import Text
from referrals.due import Term
from referrals.forms import NO_INTERPRETER_FOR
from referrals.professionals import fields
from referrals.professionals.fields import Stated
from referrals.professionals.rows import Row
from referrals.showing import Advice, Pointed, Result
from referrals.slips.sentences import Said, speeches
from referrals.told import Told

ALSO = 5  # bodies that are named in one line


def as_text(stated: Stated, rows: Iterable[Row], result: Result) -> str:
    rows = tuple(rows)
    first = [row for row in rows if row.is_first]
    parts = [
        _heading(),
        "\n".join(f"{name}: {_listed(values)}" for name, values in fields.said(stated)),
        _section(_("To read aloud"), _aloud(stated)),
        *(_lines(_told(notice)) for notice in result.notices),
        *(_lines(_body(row)) for row in first),
        _section(_("Also possible"), (_in_one_line(row) for row in rows[len(first) :][:ALSO])),
        _section(_("Mind the time"), (_deadline(deadline) for deadline in result.deadlines)),
        _section(_("Not responsible here"), (_pointed(each) for each in result.not_responsible)),
        _("This is information, not legal advice."),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading() -> str:
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return _("Who is responsible") + f" – {settings.WAGTAIL_SITE_NAME}, {day}"


def _aloud(stated: Stated) -> Iterator[str]:
    """The same words that stand on the slip; nothing where the person speaks German."""
    speaks = stated.one("language")
    if speaks and speaks not in NO_INTERPRETER_FOR:
        said = Said(speaks, stated.values.get("wish", ()))
        yield from (speech.without(()) for speech in speeches(said, get_language() or MAIN))


def _told(notice: Told) -> Iterator[str]:
    yield f"! {notice.text or notice.heading}"
    if notice.then_go_to:
        yield f"  {_reached(notice.then_go_to)}"


def _body(row: Row) -> Iterator[str]:
    advice, card = row.advice, row.advice.card
    yield f"{row.number}. {_named(card)}"
    yield from (f"   {reason}" for reason in (*advice.because, *advice.uncertain))
    yield from (f"   {remark}" for remark in advice.remarks)
    yield from (f"   {line}" for line in reach(card))
    if hours := str(card.hours.note) or card.hours.words:
        yield f"   {hours}"
    for fact in (row.languages, row.waiting):
        if fact:
            yield f"   {fact.name}: {_of_fact(fact)}"
    if advice.details.what_happens:
        heading = _("What happens when you get in touch")
        yield f"   {heading}: {_on_one_line(advice.details.what_happens)}"
    yield from (f"   {line}" for line in _stand_in(advice))


def _stand_in(advice: Advice) -> Iterator[str]:
    if advice.contact_unknown and advice.stand_in:
        yield _("This body can help as well, and it can be reached:") + f" {_reached(advice.stand_in)}"


def reach(card: Card) -> Iterator[str]:
    known = {
        Contact.Kind.PHONE: card.phone.shown if card.phone else "",
        Contact.Kind.EMAIL: card.email,
        Contact.Kind.WEBSITE: card.website,
    }
    yield from (f"{in_words(Contact.Kind, kind)}: {value}" for kind, value in known.items() if value)


def _in_one_line(row: Row) -> str:
    return f"{row.number}. {_reached(row.advice.card)}"


def _reached(card: Card) -> str:
    known = (card.phone.shown if card.phone else "", card.email, card.website)
    return " – ".join(filter(None, (str(card.title), next(filter(None, known), ""))))


def _named(card: Card) -> str:
    return f"{card.title} ({card.organisation})" if card.organisation else str(card.title)


def _deadline(deadline: Term) -> str:
    words = f"{deadline.period}: {_on_one_line(deadline.act)}"
    if deadline.starts:
        begins = _("The time begins with:")
        words += f" ({begins} {_on_one_line(deadline.starts)})"
    return f"{words} – {deadline.law}"


def _pointed(pointed: Pointed) -> str:
    words = f"{pointed.title}: {pointed.reason}" if pointed.reason else str(pointed.title)
    instead = _listed(_reached(card) for card in pointed.then_go_to)
    then = _("Then go to:")
    return f"{words} {then} {instead}" if instead else words


def _of_fact(fact: Fact) -> str:
    return _listed((*fact.values, *filter(None, (fact.more,))))


def _section(heading: str, lines: Iterable[str]) -> str:
    found = [f"- {line}" for line in lines]
    return "\n".join((f"{heading}:", *found)) if found else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _on_one_line(text: Text) -> str:
    return " ".join(text.text.split())


def _listed(things: Iterable[Text | str]) -> str:
    return _(", ").join(map(str, things))
