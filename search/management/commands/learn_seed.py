from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from directory.vocabulary_files import shipped
from search.lexicon.seeding import learn, of_catalogs, of_vocabularies
from search.lexicon.translations import SEED


class Command(BaseCommand):
    help = (
        "For developers: learn the dictionary that is shipped from the vocabularies and catalogs that are. "
        "To be run again when either has changed, or how words are stemmed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [*of_vocabularies(shipped().values())]
        for folder in settings.LOCALE_PATHS:
            rows += of_catalogs(Path(folder))
        lexicon = learn(rows)
        SEED.write_text(lexicon.to_json() + "\n", encoding="utf-8")
        self.stdout.write(f"{sum(map(len, lexicon.counts.values()))} words in {len(lexicon.counts)} languages.")
