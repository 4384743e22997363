"""Taking entries off the site; what others still name stays, and the message says who names it."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.snippets.views import snippets

from directory.models.uses import StillUsed


class EntryUnpublish(snippets.UnpublishView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(request, *args, **kwargs)
                return response
        except StillUsed as problem:
            messages.error(request, problem.args[0])
            return redirect(self.edit_url_name, quote(self.object.pk))
