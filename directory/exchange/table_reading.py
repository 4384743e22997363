"""One row of a table against the entry that it names: what it changes, and what is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from directory.exchange import cells, spreadsheet, table_columns, table_stamp
from directory.exchange.codebook import Codebook
from directory.exchange.record import record
from directory.exchange.table_columns import NEEDED, ORGANISATION, SLUG, TOLD_ONLY, VERSION, Column, columns
from directory.exchange.table_file import Line
from directory.exchange.table_lookup import Known, Scope, same
from directory.languages import SHIPPED, column
from directory.models import Listing
from directory.translatable import draft

_TITLES = tuple(column("title", code) for code in SHIPPED)


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str
    cell: str  # as it came: a name of a code, a date as people write it


@dataclass
class Planned:
    number: int
    slug: str = ""
    title: str = ""
    organisation: str = ""  # of a new entry, or where one moves to
    is_new: bool = False
    seen: int | None = None  # the latest revision that it was compared with
    cells: list[Change] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)  # column, or nothing for the row, and words


class Reader:
    def __init__(self, scope: Scope, known: Known, named: tuple[str, ...]) -> None:
        self.scope, self.known = scope, known
        self.named = frozenset(named)
        self.columns = tuple(each for each in columns() if each.name in self.named)
        self.codes = Codebook()
        self.left = Counter[str]()  # cells that say something else, of columns that are not read

    def row(self, line: Line) -> Planned:
        planned = Planned(line.number, line.cells.get(SLUG, ""))
        entry = self.known.listings.get(planned.slug)
        if entry is None:
            planned.is_new = True
            self._new(line, planned)
            mistakes = line.problems
        else:
            self._existing(entry, line, planned)
            changed = {"", *(each.column for each in planned.cells), *(name for name, _words in planned.problems)}
            mistakes = tuple(each for each in line.problems if each[0] in changed)
        named = {name for name, _words in mistakes if name}  # what is wrong with a cell need not be told twice
        planned.problems = [*mistakes, *(each for each in planned.problems if each[0] not in named)]
        return planned

    def notes(self) -> Iterator[str]:
        for name, count in self.left.items():
            words = _("The column “%(name)s” is not read here: %(count)d changed cells in it were left.")
            yield words % {"name": name, "count": count}

    # --- entries that exist --------------------------------------------------------------------------------------

    def _existing(self, row: Listing, line: Line, planned: Planned) -> None:
        entry = draft(row)
        planned.title, planned.seen = str(entry), row.latest_revision_id
        try:
            touched = self._touched(row, entry, line, planned)
        except table_stamp.StampError:
            words = _("Somebody changed this, or it comes from another version. Download the table again.")
            planned.problems.append((VERSION, words))
            return
        for each, before in touched:
            self._read(each, line.cells[each.name], entry, before, planned)
        self._move(entry, line, planned)
        if planned.cells or planned.problems:
            self._check(entry, planned)
            self._refuse_locked(row, planned)
        self._count_left(row, line)

    def _touched(self, row: Listing, entry: Listing, line: Line, planned: Planned) -> Iterator[tuple[Column, str]]:
        found, given = table_columns.written(entry, self.columns), line.cells
        unlike = [each for each in self.columns if given.get(each.name, found[each.name]) != found[each.name]]
        differing = [each for each in unlike if given[each.name] != cells.TOO_LONG]
        if not differing:
            return iter(())
        if version := line.cells.get(VERSION, ""):
            known = table_stamp.read(version, [each.name for each in columns()])
            mine = [each for each in differing if not known.is_of(each.name, given[each.name])]
            return ((each, found[each.name]) for each in self._unclaimed(mine, known, found, planned))
        public = self._public(row)
        return ((each, found[each.name]) for each in differing if public.get(each.name) != given[each.name])

    def _unclaimed(
        self, mine: list[Column], made_from: table_stamp.Stamp, found: Mapping[str, str], planned: Planned
    ) -> list[Column]:
        """Of what somebody touched in the file, the part that nobody else has written meanwhile."""
        taken = [each for each in mine if not made_from.is_of(each.name, found[each.name])]
        for each in taken:
            words = _("Somebody else changed this since the table was made. Now it is: “%(now)s”.")
            planned.problems.append((each.name, words % {"now": found[each.name]}))
        return [each for each in mine if each not in taken]

    def _public(self, row: Listing) -> Mapping[str, str]:
        """The public export says less of some things than the table: that is no change either."""
        if not row.live:
            return {}
        told = spreadsheet.row(record(row), SHIPPED)
        return {name: cells.comparable(cell) for name, cell in told.items()}

    def _read(self, each: Column, cell: str, entry: Listing, before: str, planned: Planned) -> None:
        if each.for_staff and not self.scope.is_staff:
            self.left[each.name] += 1
            return
        try:
            each.read(cell, entry, self.codes)
        except cells.CellError as problem:
            planned.problems.append((each.name, str(problem)))
            return
        after = cells.comparable(each.write(entry))
        if after != before:
            planned.cells.append(Change(each.name, before, after, cell))

    def _move(self, entry: Listing, line: Line, planned: Planned) -> None:
        wanted = line.cells.get(ORGANISATION, "")
        if not wanted or wanted == entry.organisation.slug:
            return
        if not self.scope.is_staff:
            planned.problems.append((ORGANISATION, _("An entry moves to another organisation by the city only.")))
        elif self._organisation(wanted, line, planned):
            planned.organisation = wanted
            planned.cells.append(Change(ORGANISATION, entry.organisation.slug, wanted, wanted))

    def _refuse_locked(self, row: Listing, planned: Planned) -> None:
        key = str(row.pk)
        if key in self.known.in_review:
            words = _("This entry is in review. It can be changed when that is over or was taken back.")
            planned.problems.append(("", words))
        elif row.locked or key in self.known.scheduled:
            planned.problems.append(("", _("This entry is locked, or waits for its hour.")))

    def _count_left(self, row: Listing, line: Line) -> None:
        body = row.organisation
        told = {name: getattr(row, name) for name in TOLD_ONLY & self.named}
        for name in self.named.intersection(table_columns.organisation_columns()):
            told[name] = getattr(body, name.removeprefix("organisation_"))
        for name, value in told.items():
            shown = value.isoformat() if hasattr(value, "isoformat") else value or ""
            self.left[name] += line.cells.get(name, shown) != cells.comparable(shown)
        self.left += Counter()  # forgets what was never met

    # --- new entries ---------------------------------------------------------------------------------------------

    def _new(self, line: Line, planned: Planned) -> None:
        if line.cells.get(VERSION, "") or (planned.slug and not self.scope.is_staff):
            words = _("There is no entry “%(slug)s” here. Of a new entry, leave slug and version empty.")
            planned.problems.append((SLUG, words % {"slug": planned.slug}))
            return
        self._place(line, planned)
        entry = Listing(slug=planned.slug)
        for each in self.columns:
            if cell := line.cells.get(each.name, ""):
                self._read(each, cell, entry, "", planned)
        for name in NEEDED:
            if not getattr(entry, name) and name not in {known for known, _words in planned.problems}:
                planned.problems.append((name, _("This must not be empty.")))
        self._check(entry, planned)
        titles = [title for name in _TITLES if (title := getattr(entry, name))]
        planned.title = titles[0] if titles else ""
        self._refuse_known(titles, planned)
        self._name(titles, planned)

    def _place(self, line: Line, planned: Planned) -> None:
        if self.scope.organisation is not None:
            planned.organisation = self.scope.organisation.slug
            return
        planned.organisation = line.cells.get(ORGANISATION, "")
        if not planned.organisation:
            planned.problems.append((ORGANISATION, _("This must not be empty.")))
        else:
            self._organisation(planned.organisation, line, planned)

    def _organisation(self, slug: str, line: Line, planned: Planned) -> bool:
        """One that does not exist yet is made, where the row names it."""
        if slug in self.known.organisations or slug in self.known.new_organisations:
            return True
        body = table_columns.organisation_from(slug, line.cells)
        try:
            body.clean_fields(exclude=["translation_state"])
            body.clean()
        except ValidationError as problem:
            words = _("There is no organisation “%(slug)s”, and none can be made of this row: %(problem)s")
            told = {"slug": slug, "problem": cells.words_of(problem)}
            planned.problems.append((ORGANISATION, words % told))
            return False
        wanted = {ORGANISATION, *table_columns.organisation_columns()}
        self.known.new_organisations[slug] = {name: line.cells[name] for name in wanted & line.cells.keys()}
        return True

    def _refuse_known(self, titles: list[str], planned: Planned) -> None:
        for title in titles:
            there = self.known.titles.setdefault((planned.organisation, same(title)), planned.slug)
            if there != planned.slug:
                words = _("The organisation has an entry of this title: “%(slug)s”. To change it, write its slug.")
                planned.problems.append((SLUG, words % {"slug": there}))
                return

    def _name(self, titles: list[str], planned: Planned) -> None:
        if not planned.slug:
            planned.slug = self.known.new_slug(titles) if titles else ""
            self.known.titles |= {(planned.organisation, same(title)): planned.slug for title in titles}
            return
        try:
            validate_slug(planned.slug)
            Listing._meta.get_field("slug").run_validators(planned.slug)
        except ValidationError as problem:
            planned.problems.append((SLUG, cells.words_of(problem)))
        self.known.taken.add(planned.slug)

    def _check(self, entry: Listing, planned: Planned) -> None:
        try:
            entry.clean()
        except ValidationError as problem:
            planned.problems.append(("", cells.words_of(problem)))
