"""Compiles the catalogs with polib, so that neither a build nor a checkout needs gettext on the machine."""

from pathlib import Path
from typing import Any

import polib

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # hatchling is there while building, not where the program runs
    BuildHookInterface = object  # type: ignore[misc, assignment]


def compile_catalogs(folder: Path) -> list[Path]:
    """Write every .mo below `folder` that is missing or older than its .po; return those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


class CompileLocale(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogs(Path(self.root) / "locale")
