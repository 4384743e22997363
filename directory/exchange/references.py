"""What the entries of a table refer to, noted in Wagtail's reference index for many of them at once.

By itself Wagtail notes it at every save, and reads the entry and each kind of its child rows again to do so: two
fifths of the work on a new entry.
"""

from collections.abc import Collection

from django.db import transaction
from wagtail.models import ReferenceIndex

from directory.models import Listing
from directory.models.drafting import child_relations


@transaction.atomic
def note(*, slugs: Collection[str]) -> None:
    """For listings that were written under Wagtail's `disable_reference_index_auto_update`."""
    found = Listing.objects.filter(slug__in=slugs).prefetch_related(*child_relations(Listing))
    for entry in found:
        ReferenceIndex.create_or_update_for_object(entry)
