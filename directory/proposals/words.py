"""What somebody wrote into a form, in the words of the form."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.languages import SHIPPED
from directory.models import Contact, Listing, Proposal
from directory.proposals.forms import WRONG, ClaimForm, ListingForm, OrganisationForm

FORMS: dict[str, Any] = {
    Proposal.Kind.CLAIM: ClaimForm,
    Proposal.Kind.ORGANISATION: OrganisationForm,
    Proposal.Kind.LISTING: ListingForm,
}
CODED: dict[str, Any] = {
    "kind": dict(Listing.Kind.choices),
    "audience": dict(Listing.Audience.choices),
    "language": {code: language.name for code, language in SHIPPED.items()},
}
# Written by other ways than our forms: letters, members, the verbs.
OTHERS: dict[str, str | Promise] = {
    "by": gettext_lazy("Came by"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "website": gettext_lazy("Website"),
    "hours": gettext_lazy("Opening hours"),
    "entries": gettext_lazy("Entries"),
}
_ASIDE = {"wrong", "contacts", "verified", "hidden", "reason"}


def told(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Name and value, in the order of the form."""
    yield from _wrong(proposal)
    form = FORMS.get(proposal.kind)
    fields = form.base_fields if form else {}
    order = [*getattr(form, "first", ()), *fields]
    names = [*order, *proposal.fields]
    for name in dict.fromkeys(names):
        if name in proposal.fields and name not in _ASIDE:
            label = fields[name].label if name in fields else OTHERS.get(name, name)
            yield str(label), _shown(name, proposal.fields[name])
    if proposal.remark:
        yield _("Remark"), proposal.remark


def _wrong(proposal: Proposal) -> Iterator[tuple[str, str]]:
    hidden = proposal.fields.get("hidden") or []
    for each in proposal.fields.get("contacts", ()):
        kind = dict(Contact.Kind.choices).get(each["kind"], each["kind"])
        note = _("(hidden at once, by the organisation itself)") if each["id"] in hidden else ""
        yield _("Wrong"), f"{kind} {each['value']} {note}".strip()
    for each in proposal.fields.get("wrong", ()):
        yield _("Wrong"), str(WRONG.get(each, each))


def _shown(name: str, value: Any) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    return str(CODED.get(name, {}).get(value, value))
