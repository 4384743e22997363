"""What a browser would send from a page: every field of the form as it stands there, and what is changed in it."""

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.test import Client


class _Fields(HTMLParser):
    """Of the one form that has the version as a hidden field."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inside = False
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "data-autosave" in given
        if not self.inside:
            return
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            unnamed = "on" if given.get("type") == "checkbox" else ""
            self.found.append((given.get("name", ""), given.get("value", unnamed)))
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given:
            self.found.append((self.select, given["value"]))
        elif tag == "textarea":
            self.area = given["name"]
            self.found.append((self.area, ""))

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area:
            name, value = self.found[-1]
            self.found[-1] = (name, (value + data).removeprefix("\n"))


def form_of(html: str) -> QueryDict:
    reader = _Fields()
    reader.feed(html)
    found = QueryDict(mutable=True)
    for name, value in reader.found:
        if name and name != "csrfmiddlewaretoken":
            found.appendlist(name, value)
    return found


class Screen:
    """A section that somebody has opened; what they change stays until they save."""

    def __init__(self, client: Client, slug: str, section: str) -> None:
        self.client, self.address = client, f"/konto/eintrag/{slug}/{section}/"
        response = client.get(self.address)
        assert response.status_code == 200, (response.status_code, self.address)
        self.html = response.content.decode()
        self.data = form_of(self.html)

    def put(self, **values: Any) -> "Screen":
        for name, value in values.items():
            self.data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
        return self

    def save(self, go: str = "back", **values: Any) -> Any:
        return self.client.post(self.address, self._sent(values | {"go": go}))

    def autosave(self, **values: Any) -> Any:
        return self.client.post(self.address, self._sent(values), headers={"accept": "application/json"})

    def _sent(self, values: dict[str, Any]) -> dict[str, Any]:
        self.put(**values)
        return dict(self.data.lists())
