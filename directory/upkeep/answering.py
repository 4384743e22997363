"""What an organisation answers through its mailed links. Each verb uses the link up in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language

from directory import listings, mail_links
from directory.editing.hours import read
from directory.languages import MAIN
from directory.listings import ConflictError
from directory.mail_links import Purpose
from directory.models import Contact, Listing, MailLink, Organisation, Proposal
from directory.permissions import ByLink
from directory.proposals.correcting import hide
from directory.telephone import telephone
from directory.upkeep import addresses, asking
from directory.upkeep.asking import entries_of, upkeep_of
from directory.upkeep.forms import CorrectionForm

DIALLED = (Contact.Kind.PHONE,)


class NothingSaidError(Exception):
    pass


@dataclass(frozen=True)
class Sent:
    """`hours`: how we understood what was typed."""

    listing: Listing
    hours: tuple[str, ...] = ()


@dataclass
class Answer:
    """What the page says back."""

    confirmed: list[Listing] = field(default_factory=list)
    submitted: list[Sent] = field(default_factory=list)
    gone: list[Listing] = field(default_factory=list)
    hidden: int = 0
    remarked: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.confirmed or self.submitted or self.gone or self.remarked)


def holder(link: MailLink) -> tuple[Organisation, ByLink]:
    if link.organisation is None:
        raise mail_links.UnusableError
    return link.organisation, ByLink(link.organisation.pk, link.email)


@transaction.atomic
def confirm(token: str) -> Answer:
    """Everything that the public sees of the organisation. Raises UnusableError."""
    organisation, by = holder(mail_links.use(token, purpose=Purpose.STILL_CORRECT))
    found = entries_of(organisation)
    for listing in found:
        listings.confirm(listing=listing, by=by)
    _answered(organisation)
    return Answer(confirmed=found)


@transaction.atomic
def correct(token: str, forms: Sequence[CorrectionForm], *, remark: str, rest_is_right: bool) -> Answer:
    """All entries or none. Raises UnusableError; ConflictError where an entry was
    saved since the page was read; NothingSaidError; ValidationError where the draft is wrong in something else."""
    organisation, by = holder(mail_links.use(token, purpose=Purpose.CORRECT))
    answer = Answer(remarked=bool(remark))
    for form in forms:
        listing = Listing.objects.get(pk=form.draft.pk, organisation=organisation)
        if form.cleaned_data["gone"]:
            _ask_for_removal(listing, remark, by)
            answer.gone.append(listing)
        elif form.corrected:
            answer.hidden += _submit(listing, form, by, dated=rest_is_right)
            answer.submitted.append(Sent(listing, _read_back(form)))
        elif rest_is_right:
            listings.confirm(listing=listing, by=by)
            answer.confirmed.append(listing)
    if remark and not answer.gone:
        _leave_remark(organisation, remark, by)
    if answer.nothing:
        raise NothingSaidError  # which leaves the link unused
    _answered(organisation)
    return answer


def _submit(listing: Listing, form: CorrectionForm, by: ByLink, *, dated: bool) -> int:
    """On top of what waits already, which goes along: nobody's edit is lost, and reviewers see all of it."""
    seen = form.cleaned_data["seen"]
    if listing.latest_revision_id != seen:
        raise ConflictError
    if listing.workflow_in_progress:
        listings.withdraw(listing=listing, by=by)
    wrong = _wrong(listing, form)
    form.put_into_draft()
    if dated:  # becomes public together with what was corrected
        form.draft.last_confirmed_on, form.draft.last_confirmed_by = timezone.localdate(), str(by)
        form.draft.needs_check = False
    listings.save_draft(draft=form.draft, seen=seen, by=by)
    listings.submit(listing=Listing.objects.get(pk=listing.pk), by=by)
    return hide(listing=Listing.objects.get(pk=listing.pk), wrong=wrong, by=by) if wrong else 0


def _read_back(form: CorrectionForm) -> tuple[str, ...]:
    return read(form.draft.opening_hours, localtime()).words if "hours" in form.corrected else ()


def _wrong(listing: Listing, form: CorrectionForm) -> list[int]:
    """Telephones that its owner has exchanged: nobody dials them any more while the new one waits for review."""
    replaced = {
        telephone(form.contacts[name].value).href
        for name in form.corrected
        if name in form.contacts and form.contacts[name].kind in DIALLED
    }
    kept = {telephone(form.cleaned_data[name]).href for name in form.contacts if form.cleaned_data.get(name)}
    public = listing.contacts.filter(kind__in=DIALLED, audience=Contact.Audience.PUBLIC)
    return [row.pk for row in public if telephone(row.value).href in replaced - kept]


def _ask_for_removal(listing: Listing, remark: str, by: ByLink) -> None:
    listings.request_removal(
        listing=listing, remark=remark, email=by.email, language=get_language() or MAIN, by=by
    )


def _leave_remark(organisation: Organisation, remark: str, by: ByLink) -> None:
    Proposal.objects.create(
        kind=Proposal.Kind.ERROR, organisation=organisation, remark=remark, email=by.email,
        language=get_language() or MAIN, fields={"verified": True},
    )  # fmt: skip


def _answered(organisation: Organisation) -> None:
    upkeep = upkeep_of(organisation)
    upkeep.answered_on = timezone.localdate()
    upkeep.save(update_fields=["answered_on"])


@transaction.atomic
def hand_on(token: str, *, to: str) -> bool:
    """Whether the other address can be asked at once. One that is not known to be the organisation's is shown to
    staff first: else whoever once had the mail could give the entries away."""
    organisation, by = holder(mail_links.use(token, purpose=Purpose.HAND_ON))
    known = {each.casefold() for each in addresses.others(organisation, by.email)}
    trusted = to.casefold() in known or addresses.is_at_home(to, organisation)
    if trusted:
        take_over(organisation, before=by.email, to=to)
    else:
        Proposal.objects.create(
            kind=Proposal.Kind.CLAIM, organisation=organisation, email=to, language=get_language() or MAIN,
            fields={"handed_on_by": by.email},
        )  # fmt: skip
        _answered(organisation)
    return trusted


@transaction.atomic
def take_over(organisation: Organisation, *, before: str, to: str) -> None:
    """From now on the other address is asked. Staff decide so where it was not known."""
    _let_go_of(organisation, before)
    upkeep = upkeep_of(organisation)
    upkeep.email = to
    upkeep.save(update_fields=["email"])


def ask_the_next(organisation: Organisation, to: str) -> bool:
    """After the transaction that handed the entries on."""
    return asking.may_write() and asking.ask(organisation, to=to, today=timezone.localdate())


def _let_go_of(organisation: Organisation, email: str) -> None:
    """What was mailed to the old address opens nothing any more."""
    for link in MailLink.objects.filter(organisation=organisation, email=email, used_at=None):
        link.expires_at = timezone.now() - timedelta(seconds=1)
        link.save(update_fields=["expires_at"])
