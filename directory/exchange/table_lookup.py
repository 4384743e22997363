"""What a table is compared with: entries by slug, organisations, and what cannot be changed now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Revision, WorkflowState

from directory import slugs
from directory.exchange import table_columns
from directory.exchange.table_columns import ORGANISATION, SLUG, TOLD_ONLY, VERSION
from directory.languages import SHIPPED, column
from directory.models import Listing, Organisation
from directory.permissions import may_publish_entries

_TITLES = tuple(column("title", code) for code in SHIPPED)


@dataclass(frozen=True)
class Scope:
    """Who brings the table, and which entries it may touch."""

    by: AbstractBaseUser | None = None  # nobody: the operator's command
    organisation: Organisation | None = None  # a member's table holds the entries of one
    publish: bool = False  # new entries too; those that are public already are written there at once
    only_drafts: bool = False  # of somebody who may publish, but not so much at once

    @property
    def is_staff(self) -> bool:
        return self.organisation is None

    @property
    def may_publish(self) -> bool:
        if not self.is_staff:
            return False
        return self.by is None or may_publish_entries(self.by, Listing)

    @property
    def publishes(self) -> bool:
        return self.may_publish and not self.only_drafts

    def entries(self) -> Any:
        found = Listing.objects.all()
        return found if self.organisation is None else found.filter(organisation=self.organisation)


@cache
def known_columns() -> frozenset[str]:
    rest = (SLUG, VERSION, ORGANISATION, *TOLD_ONLY, *table_columns.organisation_columns())
    return frozenset((*rest, *table_columns.by_name()))


class Known:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.listings: dict[str, Listing] = {}
        self.new_organisations: dict[str, Mapping[str, str]] = {}

    def load(self, slugs: Iterable[str]) -> None:
        """The entries of the next rows, and no others: a large directory does not fit into memory at once."""
        found = self.scope.entries().filter(slug__in={slug for slug in slugs if slug})
        related = found.select_related("organisation", "latest_revision")
        rows = related.prefetch_related("contacts", "places", "languages", "dates")
        self.listings = {row.slug: row for row in rows}

    @cached_property
    def organisations(self) -> Mapping[str, int]:
        rows: QuerySet[Organisation] = Organisation.objects.all()
        return dict(rows.values_list("slug", "pk"))

    @cached_property
    def taken(self) -> set[str]:
        return set(Listing.objects.values_list("slug", flat=True))

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        """Organisation and title → slug."""
        rows = self.scope.entries().values_list("slug", "organisation__slug", *_TITLES)
        return {(body, same(title)): slug for slug, body, *titles in rows for title in titles if title}

    def new_slug(self, titles: Collection[str]) -> str:
        slug = slugs.numbered(slugs.made_of(titles) or "entry", self.taken)
        self.taken.add(slug)
        return slug

    @cached_property
    def in_review(self) -> set[str]:
        of_listings = ContentType.objects.get_for_model(Listing)
        states = WorkflowState.objects.filter(
            base_content_type=of_listings, status=WorkflowState.STATUS_IN_PROGRESS
        )
        return set(states.values_list("object_id", flat=True))

    @cached_property
    def scheduled(self) -> set[str]:
        of_listings = ContentType.objects.get_for_model(Listing)
        waiting = Revision.objects.filter(content_type=of_listings, approved_go_live_at__isnull=False)
        return set(waiting.values_list("object_id", flat=True))


def same(title: str) -> str:
    """Two titles that people would take for one."""
    return " ".join(title.casefold().split())
