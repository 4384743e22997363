"""Which indexes are kept, and what it costs those who have one only."""

import subprocess
import sys

COMMANDS = ("wegweiser.management.commands.demo", "wegweiser.management.commands.serve",
            "search.management.commands.rebuild_index", "search.management.commands.check_index",
            "search.management.commands.follow_changes", "wegweiser.urls")  # fmt: skip
ASK = f"""
import sys, importlib, django
django.setup()
from search.indexes import indexes
for name in {COMMANDS}:
    importlib.import_module(name)
print([index.name for index in indexes()], "elasticsearch" in sys.modules)
"""


def test_without_a_cluster_nobody_waits_for_its_client() -> None:
    """It takes a second to import: docs/decisions/0008."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, env=environment()
    )
    assert asked.stdout.strip() == "['The index of this host'] False"


def environment() -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "wegweiser.settings.test", "PYTHONPATH": ":".join(filter(None, sys.path))}
