"""The site itself: its address, languages, staff, and whether what it says is whole."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import checks
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import to_locale

from directory.vocabulary import configuration
from referrals.proofs import examine
from wegweiser.doctor.finding import Finding, Level, error, ok, warning
from wegweiser.roles import ROLES
from wegweiser.settings.refusals import Given, refusals

WRITTEN_IN = "en"  # the texts in the code: its catalog may leave them as they stand there


def addresses() -> Iterator[Finding]:
    """Production settings refuse all of these at the start; a demo on one machine may live with them."""
    given = Given(
        os.environ,
        settings.DEBUG,
        settings.SECRET_KEY,
        settings.PUBLIC_URL,
        settings.ALLOWED_HOSTS,
        settings.DATABASES["default"],
    )
    level = Level.WARNING if configuration().demo else Level.ERROR
    for sentence in refusals(given):
        what, _colon, do = sentence.partition(": ")
        yield Finding(level, f"{what}.", f"{do[:1].upper()}{do[1:]}")


def system() -> Iterator[Finding]:
    for found in checks.run_checks():
        if found.is_serious() and not found.is_silenced():
            yield error(str(found.msg), str(found.hint or "See the documentation of this message."))


def catalogs() -> Iterator[Finding]:
    folder = Path(settings.LOCALE_PATHS[0]) if settings.LOCALE_PATHS else Path("locale")
    for code, name in settings.LANGUAGES:
        place = folder / to_locale(code) / "LC_MESSAGES"
        if not (place / "django.mo").exists():
            if code != WRITTEN_IN:
                yield error(f"{name}: the interface's texts are missing.", "Install the whole package again.")
        elif code != WRITTEN_IN and (missing := _untranslated(place / "django.po")):
            yield warning(f"{name}: {missing} texts of the interface show in German.", "See locale/README.md.")


def _untranslated(source: Path) -> int:
    """A package brings its .po files along; where they were left out, there is nothing to count."""
    return len(polib.pofile(str(source)).untranslated_entries()) if source.exists() else 0


def roles() -> Iterator[Finding]:
    there = set(Group.objects.values_list("name", flat=True))
    if missing := [role.name for role in ROLES if role.name not in there]:
        yield error(f"Roles are missing: {', '.join(missing)}.", "Run `wegweiser upgrade`.")


def second_factor() -> Iterator[Finding]:
    """Passwords are guessed and stolen; whoever can publish can put a false number under a right name."""
    secured = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    admins = Q(is_superuser=True) | Q(groups__permissions__codename="access_admin")
    users = get_user_model()._default_manager
    staff = users.filter(admins, is_active=True).exclude(Exists(secured)).distinct()
    if names := sorted(user.get_username() for user in staff):
        yield warning(
            f"Without a second factor: {', '.join(names)}.",
            "They set one up when they next sign in; close accounts that nobody uses.",
        )


def referrals() -> Iterator[Finding]:
    outcomes = tuple(examine())
    for outcome in outcomes:
        do = "a person in danger would meet it" if outcome.fails else "law and offices change"
        yield from (warning(sentence, f"Correct it under /admin/: {do}.") for sentence in outcome.found)
    if outcomes and not any(outcome.fails for outcome in outcomes):
        yield ok(f"{len(outcomes)} proofs hold.")


def publisher() -> Iterator[Finding]:
    set_once = configuration()
    if not set_once.home_area:
        yield error("No home area is set: nobody who names no place is led.", "Set it under /admin/.")
    if not (set_once.publisher and set_once.publisher_address and set_once.publisher_email):
        yield warning("Who publishes the site is not complete.", "Set name, address and e-mail under /admin/.")
    if set_once.demo:
        yield warning("Every page says that the data is a demo.", "Switch it off when the entries are confirmed.")
