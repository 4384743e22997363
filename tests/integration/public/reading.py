"""A page as its readers meet it: elements with attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    above: "Element | None" = None
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def lang(self) -> str:
        return self.attributes.get("lang") or (self.above.lang if self.above else "")

    @property
    def dir(self) -> str:
        return self.attributes.get("dir") or (self.above.dir if self.above else "")

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1] if self.open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, above)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)


@dataclass
class Seen:
    response: Any
    elements: list[Element]

    def all(self, tag: str = "", *, having: str = "", **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if (not tag or element.tag == tag)
            and (not having or element.has(having))
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", *, having: str = "", **attributes: str) -> Element:
        found = self.all(tag, having=having, **attributes)
        assert found, (tag, having, attributes)
        return found[0]

    @property
    def text(self) -> str:
        return self.one("body").text

    def within(self, tag: str = "", *, inside: str, having: str = "") -> list[Element]:
        """Elements somewhere below one of that class."""
        return [element for element in self.all(tag, having=having) if _is_below(element, inside)]


def _is_below(element: Element, name: str) -> bool:
    above = element.above
    while above is not None:
        if above.has(name):
            return True
        above = above.above
    return False


def read(response: Any) -> Seen:
    reader = _Reader()
    reader.feed(response.content.decode())
    return Seen(response, reader.elements)
