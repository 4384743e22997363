"""What becomes of a case, in words and with links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Listing
from referrals import models
from referrals.cases import Case
from referrals.editing.case_form import told
from referrals.evaluation import Verdict


@dataclass(frozen=True)
class Link:
    """A body by its name; without an address where nobody has it any more."""

    name: str
    url: str = ""


class Names:
    """The words for what a verdict names, read once for all cases."""

    def __init__(self) -> None:
        listings = Listing.objects.select_related("organisation")
        self.bodies = {each.slug: Link(str(each), _form_of_listing(each.pk)) for each in listings}
        self.tokens = {token: str(words) for token, words in told()}
        self.cases = {
            each.slug: Link(str(each), reverse("referral-cases:edit", args=[each.pk]))
            for each in models.Case.objects.all()
        }

    def body(self, slug: str) -> Link:
        return self.bodies.get(slug, Link(slug or _("nobody")))

    def case(self, case: Case) -> Link:
        return self.cases.get(case.id, Link(case.title or case.id))

    def listed(self, slugs: Iterable[str]) -> str:
        return _(", ").join(self.body(slug).name for slug in slugs)

    def said(self, tokens: Iterable[str]) -> str:
        return _(", ").join(self.tokens.get(token, token) for token in tokens)


def _form_of_listing(key: int) -> str:
    return reverse(Listing.snippet_viewset.get_url_name("edit"), args=[key])


def _form_of_case(key: int) -> str:
    return reverse("referral-cases:edit", args=[key])


def faults(verdict: Verdict, names: Names) -> Iterator[str]:
    """Why the case does not pass, in words."""
    case = verdict.case
    if not verdict.ordered:
        yield _("Nobody is in the result.")
    elif verdict.unreachable_first:
        yield _("None of the first bodies can be reached.")
    if not verdict.right_first:
        yield _("Expected first: %(bodies)s.") % {"bodies": names.listed(case.expect_first)}
    if verdict.harmful_first:
        yield _("%(body)s must never stand first here.") % {"body": names.body(verdict.first).name}
    if verdict.missing:
        yield _("The result does not say: %(tokens)s.") % {"tokens": names.said(verdict.missing)}
    if verdict.wrong:
        yield _("The result must not say: %(tokens)s.") % {"tokens": names.said(verdict.wrong)}
