"""What Wagtail's drafts leave open: what a save means for the change log, and what stood there before."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.models import Revision

from directory.columns import translated_fields
from directory.models.change import Change
from directory.models.differences import BOOKKEEPING, changed

# A save of these alone means that a draft was saved.
_DRAFTING = frozenset({"latest_revision", "live_revision", "has_unpublished_changes"})
_review_goes_on: ContextVar[bool] = ContextVar("review_goes_on", default=False)  # Wagtail must not cancel it
_IN_MEMORY = "_cluster_related_objects"  # where modelcluster keeps the child rows that it has loaded


class Drafting(models.Model):
    """Before `Followed` and Wagtail's mixins in the order of bases."""

    live: Any
    latest_revision: Any
    live_revision: Any
    _drafted: tuple[str, ...] = ()  # what the draft that is being saved changes

    class Meta:
        abstract = True

    def difference(self, update_fields: Iterable[str] | None) -> tuple[str, tuple[str, ...]]:
        """A save that leaves everything as it is for the public is one of a draft; readers need not follow it."""
        if update_fields is not None:
            if set(update_fields) <= _DRAFTING:
                return Change.Action.DRAFT, self._drafted
            return Change.Action.UPDATE, tuple(name for name in update_fields if name not in BOOKKEEPING)
        stored = _stored(self)
        if stored is None:
            return Change.Action.UPDATE, ()
        loaded = [name for name in child_relations(type(self)) if name in self.__dict__.get(_IN_MEMORY, ())]
        action = Change.Action.UPDATE if stored.live or self.live else Change.Action.DRAFT
        return action, changed(facts(stored, loaded), facts(self, loaded))

    def with_content_json(self, content: Mapping[str, Any]) -> Any:
        """A draft may name what was deleted since: what the row names stands there then, and `lost` tells."""
        lost = [field for field in _protected(type(self)) if self._has_lost(field, content)]
        kept = {field.name: getattr(self, field.attname) for field in lost}
        found: Any = super().with_content_json({**content, **kept})  # type: ignore[misc]
        found.lost = tuple(kept)
        return found

    def _has_lost(self, field: Any, content: Mapping[str, Any]) -> bool:
        key = content.get(field.name)
        if key is None or key == getattr(self, field.attname):
            return False
        return not field.related_model._default_manager.filter(pk=key).exists()

    def hold(self) -> None:
        """Nobody else writes until the transaction ends, and what was written last is known."""
        type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["live", "live_revision", "latest_revision", "has_unpublished_changes"])

    @transaction.atomic
    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Wagtail saves the whole row as it once read it, and so would forget a draft that was saved meanwhile.

        And an older version whose hour has come must not take a newer one out of its review.
        """
        self.hold()
        token = _review_goes_on.set(revision.pk != self.latest_revision_id)  # type: ignore[attr-defined]
        try:
            return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
        finally:
            _review_goes_on.reset(token)

    @property
    def current_workflow_state(self) -> Any:
        return None if _review_goes_on.get() else super().current_workflow_state  # type: ignore[misc]

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        if self.pk and not self.latest_revision_id:  # type: ignore[attr-defined]
            self.keep_what_is_public()
        if self.latest_revision is not None:
            self._drafted = changed(self.latest_revision.content, self.serializable_data())  # type: ignore[attr-defined]
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def keep_what_is_public(self) -> None:
        """What was written past the drafts has no revision: nobody could compare with it, or go back to it.

        Wagtail also takes an entry without a live revision off the site when its next version is scheduled.
        """
        stored = _stored(self)
        if stored is None or not stored.live:
            return
        kept = Revision.objects.create(
            content_object=stored,
            base_content_type=stored.get_base_content_type(),
            content=stored.serializable_data(),
            object_str=str(stored),
        )
        both = ["latest_revision", "live_revision"]
        for name in both:
            setattr(self, name, kept)
        self.save(update_fields=both)

    def _update_from_revision(self, revision: Any, changed: bool = True) -> None:
        """Wagtail saves by itself while somebody writes: a draft written over leaves the row as it is."""
        noted = self.has_unpublished_changes or not changed  # type: ignore[attr-defined]
        if revision.pk != self.latest_revision_id or not noted:  # type: ignore[attr-defined]
            super()._update_from_revision(revision, changed)  # type: ignore[misc]


def _protected(model: type[models.Model]) -> list[Any]:
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [field for field in fields if field.remote_field.on_delete is models.PROTECT]


def _stored(entry: models.Model) -> Any:
    return type(entry)._base_manager.filter(pk=entry.pk).first()


def child_relations(model: type[models.Model]) -> list[str]:
    return [relation.get_accessor_name() for relation in get_all_child_relations(model)]


def facts(entry: models.Model, relations: Iterable[str]) -> dict[str, Any]:
    """The own fields and the child rows of these relations, as a revision would hold them."""
    own = get_serializable_data_for_fields(entry)
    kept = {name: value for name, value in own.items() if name not in translated_fields(type(entry))}
    return kept | {name: [row.serializable_data() for row in getattr(entry, name).all()] for name in relations}
