"""Where an entry stands, and why it needs somebody of the organisation."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState

from directory import listings
from directory.languages import SHIPPED
from directory.members.languages import writing_languages
from directory.members.saving import latest_facts
from directory.members.sections import SECTIONS
from directory.members.tasks import Part, musts, number_done, parts
from directory.models import Listing, Membership
from directory.models.differences import changed
from directory.upkeep import due


class State(StrEnum):
    REVIEW = "review"
    RETURNED = "returned"
    DRAFT = "draft"  # something is written that nobody has sent yet
    PUBLIC = "public"
    OFF = "off"


@dataclass(frozen=True)
class Standing:
    listing: Listing
    membership: Membership

    @cached_property
    def draft(self) -> Listing:
        return listings.draft_of(self.listing)

    @cached_property
    def workflow(self) -> WorkflowState | None:
        found: WorkflowState | None = self.listing.current_workflow_state
        return found

    @cached_property
    def state(self) -> State:
        if self.workflow:
            waiting = self.workflow.status == WorkflowState.STATUS_IN_PROGRESS
            return State.REVIEW if waiting else State.RETURNED
        never_public = not self.listing.live and self.listing.first_published_at is None
        if self.listing.has_unpublished_changes or never_public:
            return State.DRAFT
        return State.PUBLIC if self.listing.live else State.OFF

    @property
    def in_review(self) -> bool:
        return self.state is State.REVIEW

    @property
    def may_send(self) -> bool:
        return self.state in (State.DRAFT, State.RETURNED)

    @property
    def words(self) -> str:
        """In which state it is, for a line under its name."""
        public = _("Visitors see it.") if self.listing.live else _("Visitors do not see it yet.")
        told = {
            State.REVIEW: _("The city is checking your changes."),
            State.RETURNED: _("The city has sent it back to you."),
            State.DRAFT: _("You have written something that is not sent yet."),
            State.PUBLIC: "",
            State.OFF: _("It was taken off the public pages."),
        }[self.state]
        return " ".join(filter(None, (public if self.state is not State.OFF else "", told)))

    @cached_property
    def remark(self) -> str:
        """What the reviewer asks for."""
        task: Any = self.workflow.current_task_state if self.workflow else None
        return str(task.comment) if task and self.state is State.RETURNED else ""

    @cached_property
    def parts(self) -> list[Part]:
        return parts(self.draft, writing_languages(self.membership, self.draft))

    @property
    def done(self) -> int:
        return number_done(self.parts)

    @property
    def is_due(self) -> bool:
        return due.is_due(self.listing, timezone.localdate())

    @cached_property
    def reasons(self) -> list[str]:
        """Why somebody should look at it; nothing where all is well."""
        found = [str(task.to_do) for task in musts(self.parts)] if not self.in_review else []
        if self.state is State.RETURNED:
            found.insert(0, _("Sent back by the city: please look at the remark."))
        if self.state is State.DRAFT:
            found.append(_("Send it to the city when you are done."))
        if self.is_due:
            found.append(self._when_confirmed())
        return found

    def _when_confirmed(self) -> str:
        if self.listing.last_confirmed_on is None:
            return _("Is everything right? Nobody has confirmed it yet.")
        day = date_format(self.listing.last_confirmed_on, "DATE_FORMAT")
        return _("Is everything still right? Last confirmed on %(date)s.") % {"date": day}

    @cached_property
    def changes(self) -> list[str]:
        """The parts in which what was written last differs from what visitors see."""
        if not self.listing.live or self.listing.latest_revision_id is None:
            return []
        names = changed(self.listing.serializable_data(), latest_facts(self.listing))
        return [str(title) for title, own in PARTS if own.intersection(names)]


PARTS: tuple[tuple[Any, frozenset[str]], ...] = (
    *((section.title, frozenset(section.names(SHIPPED))) for section in SECTIONS),
    (gettext_lazy("Dates"), frozenset({"dates"})),
    (gettext_lazy("Is there room? Waiting time"), frozenset({"capacity", "waiting_weeks"})),
)


def standings(membership: Membership) -> list[Standing]:
    """Of all entries of the organisation: those that need somebody first."""
    rows = Listing.objects.filter(organisation=membership.organisation).select_related(
        "organisation__upkeep", "latest_revision"
    )
    found = [Standing(row, membership) for row in rows]
    return sorted(found, key=lambda each: (not each.reasons, str(each.draft).casefold()))
