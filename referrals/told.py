"""What a result says beside its bodies, in words: notices, what to keep, where the area widens."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from directory.cards import Card
from directory.text import Text, choose
from directory.vocabulary import area_name, label, labels
from referrals.bodies import Note, Notice, Referral
from referrals.competence import Situation, holds
from referrals.shelf import Shelf

NOTICE, TIER, KEEP = "notice", "tier", "keep"
ALARM, GAP = "emergency_first", "gap"


@dataclass(frozen=True)
class Said:
    """A text that staff word; each line stands for itself."""

    heading: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Missing:
    """A gap named: nobody specialised for this, here."""

    subjects: tuple[Text, ...]
    place: Text


@dataclass(frozen=True)
class Told:
    kind: str
    said: Said
    tone: str = ""
    missing: Missing | None = None
    then_go_to: Card | None = None

    @property
    def heading(self) -> Text:
        return self.said.heading

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.said.lines)


def said(note: Note) -> Said:
    return Said(choose(note.heading), lines(choose(note.text)))


def lines(text: Text) -> tuple[Text, ...]:
    found = (line.strip() for line in text.text.splitlines())
    return tuple(replace(text, text=line) for line in found if line)


class Notes:
    """The notes of one kind, by slug."""

    def __init__(self, notes: Iterable[Note], kind: str) -> None:
        self._found: Mapping[str, Note] = {note.slug: note for note in notes if note.kind == kind}

    def said(self, slug: str, heading: Text) -> Said:
        """With the heading given where staff wrote none, or took the note away."""
        note = self._found.get(slug)
        found = said(note) if note else Said(heading, ())
        return found if found.heading else replace(found, heading=heading)

    def only(self, slug: str) -> Said | None:
        note = self._found.get(slug)
        return said(note) if note else None


def told(referral: Referral, shelf: Shelf) -> tuple[Told, ...]:
    notes = Notes(referral.notes, NOTICE)
    notices = (notice for notice in referral.notices if notice.kind != "deadline")
    return tuple(_told(notice, notes, referral.situation, shelf) for notice in notices)


def _told(notice: Notice, notes: Notes, situation: Situation, shelf: Shelf) -> Told:
    return Told(
        kind=notice.kind,
        said=notes.said(notice.kind, label("notices", notice.kind)),
        tone="alarm" if notice.kind == ALARM else "",
        missing=missing(situation) if notice.kind == GAP else None,
        then_go_to=shelf.card(notice.value) if notice.value else None,
    )


def missing(situation: Situation) -> Missing | None:
    """None where nobody said what it was about: then there is nothing to name."""
    facts = situation.facts
    subjects = labels("grounds", sorted(facts.of_stated("ground"))) or labels(
        "life_areas", sorted(facts.of_stated("life_area"))
    )
    return Missing(subjects, area_name(situation.place)) if subjects and situation.place else None


def keep(referral: Referral) -> Iterator[Said]:
    """What to note and keep now. In danger there is something else to do first."""
    if referral.situation.facts.in_danger:
        return
    for note in referral.notes:
        if note.kind == KEEP and holds(note.applies, referral.situation):
            yield said(note)
