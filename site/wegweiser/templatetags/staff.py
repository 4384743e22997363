from django import template
from django.conf import settings
from django.urls import reverse

from wegweiser.staff.forms import sends_mail

register = template.Library()


@register.simple_tag
def sign_in_ways() -> dict[str, object]:
    """Besides name and password."""
    provider = reverse("openid_connect_login", args=["oidc"]) if settings.OIDC_URL else ""
    return {"reset": sends_mail(), "provider": provider, "provider_name": settings.OIDC_NAME}
