"""Files that visitors may have: pictures in the sizes of pages, and videos. Never what somebody uploaded."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from wegweiser.pages.pictures import RENDITIONS
from wegweiser.pages.videos import FOLDER as VIDEOS

TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
# One folder, one plain name: there is no way up, and no other folder. Names are never used twice.
_NAME = re.compile(
    rf"(?:{RENDITIONS}/[\w-][\w.-]*\.(?P<picture>jpe?g|png|webp)|{VIDEOS}/[\w-]+\.(?P<video>mp4|webm))", re.ASCII
)


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    known = _NAME.fullmatch(name)
    if not known or not default_storage.exists(name):
        raise Http404
    etag = f'"{name.rpartition("/")[2]}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    elif known["video"]:
        response = FileResponse(default_storage.open(name), as_attachment=True, content_type=TYPES[known["video"]])
    else:
        with default_storage.open(name) as file:
            response = HttpResponse(file.read(), content_type=TYPES[known["picture"]])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
