"""How much an hour brings: nobody's mailbox is filled by our links, and staff's queue stays readable.

One network cannot use it up for everybody: it has a share of its own, counted without its address.
"""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from directory.budget import Budget
from directory.networks import networks

reports = Budget(each=5, total=60)  # by listing
mails = Budget(each=3, total=60)  # by address that a link goes to
shares = Budget(each=20, total=10_000)  # by network


def take(request: HttpRequest, *, listing: str = "", email: str = "") -> bool:
    """One of everything that is asked for, or nothing at all."""
    costs = [(shares, networks.number(get_client_ip(request) or ""))]
    costs += [(reports, listing)] if listing else []
    costs += [(mails, email.casefold())] if email else []
    for number, (budget, about) in enumerate(costs):
        if not budget.take(about):
            for paid, name in costs[:number]:
                paid.give_back(name)
            return False
    return True
