"""allauth's views of the second factor, in the members' own frame."""

from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe

from wegweiser.members.fresh import recently_signed_in


class Authenticate(base.AuthenticateView):
    template_name = "members/second_factor/authenticate.html"


class CodeAgain(base.ReauthenticateView):
    template_name = "members/second_factor/code_again.html"


class Index(base.IndexView):
    template_name = "members/second_factor/index.html"


@method_decorator(recently_signed_in, name="dispatch")
class SetUp(totp.ActivateTOTPView):
    template_name = "members/second_factor/set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Within the page: the policy below /konto/ lets no address bring a picture along."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        svg = context["totp_svg"]
        return context | {"picture": mark_safe(svg[svg.index("<svg") :])}  # noqa: S308 - made here, of a key


@method_decorator(recently_signed_in, name="dispatch")
class TakeAway(totp.DeactivateTOTPView):
    template_name = "members/second_factor/take_away.html"


class Codes(codes.ViewRecoveryCodesView):
    template_name = "members/second_factor/codes.html"


@method_decorator(recently_signed_in, name="dispatch")
class NewCodes(codes.GenerateRecoveryCodesView):
    template_name = "members/second_factor/new_codes.html"
