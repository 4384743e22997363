"""Signing in by a link that is mailed: for people who come twice a year and remember no password."""

from datetime import timedelta
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from directory import mail_links, mailing
from directory.mail_links import Purpose, UnusableError
from directory.models import MailLink, Membership
from wegweiser.members.forms import LinkForm
from wegweiser.staff import tries
from wegweiser.staff.accounts import TOO_MANY
from wegweiser.staff.forms import sends_mail

VALID_FOR = timedelta(minutes=30)
ASK = "members/account/ask_for_link.html"
USED_UP = "members/account/link_used_up.html"


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer whether somebody with this address is a member or not."""
    if not sends_mail():
        raise Http404
    form = LinkForm(request.POST)
    if not form.is_valid():
        return render(request, ASK, {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    user = member_with(form.cleaned_data["email"])
    if not ratelimit.consume(request, action="sign_in_link", key=_counted_as(request, user, form)):
        form.add_error(None, TOO_MANY)
        return render(request, ASK, {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)
    if user:
        mail_link(user, next_page=request.POST.get("next", ""))
    return redirect("member_link_sent")


def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "members/account/link_sent.html")


def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: programs that look into mail open every address."""
    if request.method == "POST":
        return _enter(request, token)
    try:
        link = mail_links.look(token, purpose=Purpose.SIGN_IN)
    except UnusableError as error:
        return unusable(request, error)
    return render(request, "members/account/link.html", {"email": link.email})


def unusable(request: HttpRequest, error: UnusableError, template: str = USED_UP) -> HttpResponse:
    context = {"form": LinkForm() if sends_mail() else None, "used": isinstance(error, mail_links.UsedError)}
    return render(request, template, context, status=HTTPStatus.GONE)


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    try:
        with transaction.atomic():
            link = mail_links.use(token, purpose=Purpose.SIGN_IN)
            user = _of(link)
    except UnusableError as error:
        return unusable(request, error)
    wanted = str(link.about.get("next", ""))
    to = wanted if get_adapter().is_safe_url(wanted) else None
    answer: HttpResponse = perform_login(request, user, redirect_url=to, email=link.email)
    return answer


def _of(link: MailLink) -> User:
    """Whose address has changed since the mail is somebody else for it."""
    user = User.objects.filter(pk=link.about.get("user"), email__iexact=link.email).first()
    if user is None:
        raise UnusableError
    return user


def member_with(email: str) -> User | None:
    """Two accounts with one address would be a guess."""
    members = set(Membership.objects.values_list("user_id", flat=True))
    found = [user for user in filter_users_by_email(email, is_active=True) if user.pk in members]
    return found[0] if len(found) == 1 else None


def mail_link(user: User, *, next_page: str = "") -> None:
    about = {"user": user.pk, "next": next_page}
    token = mail_links.issue(purpose=Purpose.SIGN_IN, valid_for=VALID_FOR, email=user.email, about=about)
    membership = Membership.objects.filter(user=user).first()
    language = membership.language if membership else ""
    minutes = int(VALID_FOR.total_seconds() // 60)
    mailing.send(user.email, "sign_in", {"token": token, "minutes": minutes}, language)


def _counted_as(request: HttpRequest, user: User | None, form: LinkForm) -> str:
    """A stranger who uses up the tries does not lock out the owner, whose browser is known."""
    name = f"user {user.pk}" if user else f"name {form.cleaned_data['email'].lower()}"
    return tries.counted_as(name, request.COOKIES.get(tries.DEVICE_COOKIE, ""))
