"""What happens once a night: the referral is proven again, for law, offices and texts change under it."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from directory import memberships
from directory.collecting.links import nightly as links
from directory.proposals import forgetting
from directory.upkeep import nightly as upkeep
from referrals import proofs
from referrals.coverage import ledger

logger = logging.getLogger(__name__)

REPORT = "referral_check.json"  # in the data folder: of the last night
HOURS = range(3, 6)  # fewest people look for help then
NOT_AGAIN_WITHIN, AT_LEAST_EVERY = timedelta(hours=12), timedelta(hours=48)


def attempt() -> None:
    if is_due(timezone.localtime()):
        run()


def is_due(now: datetime) -> bool:
    """At night; where the machine sleeps at night, every other day at any hour."""
    report = _report()
    if not report.exists():
        return now.hour in HOURS
    age = now - datetime.fromtimestamp(report.stat().st_mtime, now.tzinfo)
    return age > AT_LEAST_EVERY or (now.hour in HOURS and age > NOT_AGAIN_WITHIN)


def run() -> None:
    report = _report()
    report.touch()  # what breaks is not tried again each minute
    ledger.forget(timezone.localdate())
    forgetting.forget()
    memberships.forget_old()
    links.attempt()
    upkeep.attempt()
    found = proofs.as_data(proofs.examine())
    report.write_text(json.dumps(found, ensure_ascii=False, indent=2), encoding="utf-8")
    if not found["ok"]:
        logger.error("The referral has %d faults: run `wegweiser check_referrals`", found["faults"])


def _report() -> Path:
    return Path(settings.DATA_DIR) / REPORT
