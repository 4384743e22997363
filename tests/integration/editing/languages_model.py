"""What drafts in several languages must do, as a few dictionaries: the property test compares with it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from directory.translation_state import State

SOURCE, OTHERS, HIDDEN = "de", ("en", "ar"), "tr"  # nobody may touch the hidden one
LANGUAGES = (SOURCE, *OTHERS, HIDDEN)

Words = dict[str, str]  # field → text


@dataclass
class Note:
    made: State = State.HUMAN
    source: Words | None = None  # what it was made from, where that is known
    public: bool = True


@dataclass
class Side:
    """A draft, an earlier version or what is public: its texts by language and what is noted of them."""

    texts: dict[str, Words]
    notes: dict[str, Note] = field(default_factory=lambda: {code: Note() for code in LANGUAGES})

    def state(self, code: str) -> State:
        note = self.notes[code]
        if not any(self.texts[code].values()):
            return State.MISSING
        if code != SOURCE and note.source is not None and note.source != self.texts[SOURCE]:
            return State.OUTDATED
        return note.made

    def readable(self, name: str) -> dict[str, str]:
        shown = (code for code in (SOURCE, *OTHERS) if self.notes[code].public)
        return {code: self.texts[code][name] for code in shown if self.texts[code][name]}

    def by_machine(self, name: str) -> set[str]:
        return {code for code in self.readable(name) if self.notes[code].made is State.MACHINE}


@dataclass
class Entry:
    draft: Side
    public: Side | None = None
    versions: list[Side] = field(default_factory=list)

    def save(self, written: Mapping[str, Words], ticked: set[str], hidden: set[str]) -> None:
        """The form was saved. What it does not say stays."""
        before, self.draft = self.draft, deepcopy(self.draft)
        for code, words in written.items():
            self.draft.texts[code] |= words
        for code in LANGUAGES:
            self._note(code, before, ticked)
        for code in OTHERS:
            self.draft.notes[code].public = code not in hidden
        self.versions.append(self.draft)

    def _note(self, code: str, before: Side, ticked: set[str]) -> None:
        now, then, note = self.draft.texts[code], before.texts[code], self.draft.notes[code]
        source = dict(self.draft.texts[SOURCE])
        kept = any(text and text == then[name] for name, text in now.items())
        if not any(now.values()):
            self.draft.notes[code] = Note(public=note.public)
        elif code in ticked:
            self.draft.notes[code] = Note(State.CHECKED, source, note.public)
        elif now != then and not (note.made is State.MACHINE and kept):
            self.draft.notes[code] = Note(State.HUMAN, source, note.public)
        elif note.source is None and source != before.texts[SOURCE]:
            note.source = dict(before.texts[SOURCE])

    def translate(self, code: str, words: Words) -> None:
        """A machine wrote into the newest draft."""
        self.draft = deepcopy(self.draft)
        self.draft.texts[code] |= words
        source = dict(self.draft.texts[SOURCE])
        self.draft.notes[code] = Note(State.MACHINE, source, self.draft.notes[code].public)
        self.versions.append(self.draft)

    def revert(self, number: int) -> None:
        self.draft = deepcopy(self.versions[number])
        self.versions.append(self.draft)

    def publish(self) -> None:
        self.public = self.draft

    def unpublish(self) -> None:
        self.public = None
