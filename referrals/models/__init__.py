"""What staff edit of the referral."""

from referrals.models.case import Case, validate_case_facts
from referrals.models.conditions import AREA_KEYS, validate_conditions, validate_facts, validate_shown_if
from referrals.models.deadline import Deadline
from referrals.models.gap import GapCount
from referrals.models.guide import Guide, Option, Question
from referrals.models.note import Note

__all__ = [
    "AREA_KEYS",
    "Case",
    "Deadline",
    "GapCount",
    "Guide",
    "Note",
    "Option",
    "Question",
    "validate_case_facts",
    "validate_conditions",
    "validate_facts",
    "validate_shown_if",
]
