"""The text fields of a document as both engines index them."""

from search.document import TEXT_FIELDS
from search.port import Document

NOTHING = "-"  # no word reads like this


def texts(document: Document) -> dict[str, str]:
    """Every field, also where it says nothing.

    tantivy weighs how rare and how long a text is among all documents, Elasticsearch among those that have the
    field: of a directory of which little is translated they would put other listings first.
    """
    said = {name: " ".join(stems) for name, stems in document.terms.items() if stems}
    return {**dict.fromkeys(TEXT_FIELDS, NOTHING), **said}
