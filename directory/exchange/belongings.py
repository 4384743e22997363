"""Everything that an organisation owns here, to take away: as JSON for programs, and as tables for people."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from directory.exchange import table_writing
from directory.exchange.cells import guarded
from directory.exchange.table_lookup import Scope
from directory.languages import SHIPPED
from directory.models import Change, Listing, Organisation, Published, Upkeep
from directory.models.differences import BOOKKEEPING

# Of the city's staff rather than of the organisation.
STAFFS_OWN = frozenset({"note", "needs_check"})
NAMES = frozenset({"last_confirmed_by", "confirmed_by", "by"})  # of whoever did something
_LINKS = frozenset({"pk", "organisation", "listing"})  # of our database: slugs name things outside

Row = tuple[str, ...]


def packed(organisation: Organisation, *, staff: bool) -> bytes:
    """`staff` get all that is stored; members do not read the city's notes, nor who of its staff did what."""
    telling = Telling(organisation, staff=staff)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in telling.files():
            archive.writestr(name, text)
    return content.getvalue()


class Telling:
    def __init__(self, organisation: Organisation, *, staff: bool) -> None:
        self.organisation, self.staff = organisation, staff
        self.listings = list(Listing.objects.filter(organisation=organisation).order_by("slug"))
        self.ours = frozenset(_names_of(organisation))

    def files(self) -> Iterator[tuple[str, str]]:
        yield "README.txt", _about(self.organisation)
        yield "organisation.json", _json(self.entry(self.organisation))
        yield "entries.json", _json([self.entry(listing) for listing in self.listings])
        yield "entries.csv", self.table()
        yield "history.csv", _csv(("at", "entry", "what", "by", "fields"), self.history())
        yield "members.csv", _csv(("name", "email", "role", "language", "since"), self.members())
        header = ("email", "role", "invited_at", "accepted_at", "invited_by")
        yield "invitations.csv", _csv(header, self.invitations())
        yield "reminders.json", _json(self.reminders())

    # --- entries -------------------------------------------------------------------------------------------------

    def entry(self, found: Published) -> dict[str, Any]:
        """What is public, and what waits to become it."""
        draft = found.get_latest_revision_as_object() if found.has_unpublished_changes else None
        facts = {"slug": getattr(found, "slug", ""), "public": found.live, "stored": self.facts(found)}
        return facts | ({"draft": self.facts(draft)} if draft is not None else {})

    def facts(self, entry: Any) -> Any:
        return self.told(json.loads(json.dumps(entry.serializable_data(), cls=DjangoJSONEncoder)))

    def told(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.told(each) for each in value]
        if not isinstance(value, dict):
            return value
        left_out = _LINKS | BOOKKEEPING | (frozenset() if self.staff else STAFFS_OWN)
        kept = {name: each for name, each in value.items() if name not in left_out}
        return {name: self.who(each) if name in NAMES else self.told(each) for name, each in kept.items()}

    def table(self) -> str:
        scope = Scope(organisation=None if self.staff else self.organisation)
        found = table_writing.head(scope, tuple(SHIPPED))
        text = io.StringIO(newline="")
        own = Scope(organisation=self.organisation)
        table_writing.write_csv(text, found, table_writing.rows(own, found))
        return text.getvalue()

    # --- people and what they did --------------------------------------------------------------------------------

    def who(self, name: str) -> str:
        if self.staff or not name or name in self.ours:
            return name
        return _("the city")

    def history(self) -> list[Row]:
        entries: dict[str, list[Any]] = {"organisation": [self.organisation], "listing": self.listings}
        rows = [row for found in entries.values() for row in (*self.changes(found), *self.steps(found))]
        return sorted(rows)

    def changes(self, entries: Sequence[Any]) -> Iterator[Row]:
        """The change log: every write, whoever made it."""
        label = entries[0]._meta.label_lower if entries else ""
        keys = [str(entry.pk) for entry in entries]
        for row in Change.objects.filter(model=label, object_id__in=keys):
            yield _at(row.at), row.slug, row.action, self.who(row.by), row.summary

    def steps(self, entries: Sequence[Any]) -> Iterator[Row]:
        """What the writes meant: submitted, approved, confirmed."""
        slugs = {str(entry.pk): entry.slug for entry in entries}
        of_model = ContentType.objects.get_for_model(type(entries[0])) if entries else None
        found = ModelLogEntry.objects.filter(content_type=of_model, object_id__in=list(slugs))
        for row in found.select_related("user"):
            by = str(row.data.get("by") or row.user or "")
            what = str(registry.get_action_label(row.action) or row.action)
            yield _at(row.timestamp), slugs[row.object_id], what, self.who(by), ""

    def members(self) -> Iterator[Row]:
        for row in self.organisation.memberships.select_related("user"):
            user: Any = row.user
            yield user.get_full_name() or str(user), user.email, row.role, row.language, _at(row.since)

    def invitations(self) -> Iterator[Row]:
        for row in self.organisation.invitations.all():
            accepted = _at(row.accepted_at) if row.accepted_at else ""
            yield row.email, row.role, _at(row.invited_at), accepted, self.who(row.invited_by)

    def reminders(self) -> dict[str, Any]:
        row = Upkeep.objects.filter(organisation=self.organisation).first()
        if row is None:
            return {}
        names = ("email", "language", "every_months", "asked_on", "reminded_on", "answered_on")
        return {name: getattr(row, name) for name in names}


def _names_of(organisation: Organisation) -> Iterator[str]:
    """By which its own people stand in the logs."""
    for row in organisation.memberships.select_related("user"):
        user: Any = row.user
        yield from (str(user), user.email)
    for invitation in organisation.invitations.all():
        yield invitation.email
    for upkeep in Upkeep.objects.filter(organisation=organisation):
        yield upkeep.email


def _about(organisation: Organisation) -> str:
    return "\n".join(
        (
            f"{organisation} – {timezone.localdate().isoformat()}",
            "",
            _("organisation.json and entries.json: everything as it is stored, and drafts that wait."),
            _("entries.csv: the same as a table. It can be changed and uploaded again."),
            _("history.csv: what was changed, when and by whom."),
            _("members.csv, invitations.csv, reminders.json: who keeps the entries, and who is asked about them."),
            "",
        )
    )


def _at(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def _csv(header: Row, rows: Iterable[Row]) -> str:
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
