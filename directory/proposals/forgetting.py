"""What somebody sent is kept as long as it is needed: addresses and remarks of people are nobody's archive."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.models import Proposal

UNVERIFIED_FOR = timedelta(days=7)
# As long as somebody may ask why.
DECIDED_FOR = timedelta(days=30)


@transaction.atomic
def forget(now: datetime | None = None) -> int:
    """How many. What nobody confirmed is deleted, of what was decided the decision alone stays."""
    today = now or timezone.now()
    unread = Proposal.objects.filter(state=Proposal.State.UNVERIFIED, made_at__lt=today - UNVERIFIED_FOR)
    number = unread.delete()[0]
    decided: Any = Proposal.objects.filter(decided_at__lt=today - DECIDED_FOR)
    for proposal in decided.exclude(email="", remark="", fields={}):
        proposal.email, proposal.remark, proposal.fields = "", "", {}
        proposal.save()
        number += 1
    return number
