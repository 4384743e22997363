"""A draft of a question or a note as the guide and its result would show it."""

from typing import Any

from directory.editing.previews import PAGES
from directory.text import choose, translations
from referrals import queries
from referrals.asking import as_asked
from referrals.forms import Posted
from referrals.guide import LONGEST
from referrals.models import Note, Question
from referrals.told import ALARM, lines


def of_question(question: Question) -> dict[str, Any]:
    asked = as_asked(queries.question_of(question, question.options.all()), Posted())
    return {"question": asked, "number": question.order, "total": LONGEST}


def of_note(note: Note) -> dict[str, Any]:
    return {
        "heading": choose(translations(note, "heading")),
        "lines": lines(choose(translations(note, "text"))),
        "tone": "alarm" if note.slug == ALARM else "",
    }


def register() -> None:
    PAGES[Question] = ("referrals/editing/preview_question.html", of_question)
    PAGES[Note] = ("referrals/editing/preview_note.html", of_note)
