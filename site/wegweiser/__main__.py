"""The one command: `wegweiser` starts the demo, `wegweiser COMMAND` runs any Django or Wegweiser command."""

import os
import sys


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments or (arguments[0].startswith("--") and arguments[0] not in ("--help", "--version")):
        arguments = ["demo", *arguments]
    settings = "production" if arguments[0] == "serve" else "base"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"wegweiser.settings.{settings}")
    _name_data_folder(arguments)
    _compile_catalogs()
    from django.core.management import execute_from_command_line  # after the data folder is known

    execute_from_command_line(["wegweiser", *arguments])


def _name_data_folder(arguments: list[str]) -> None:
    """Settings read the folder when they are imported, so the option must be known before any command runs."""
    for index, argument in enumerate(arguments):
        if argument == "--data-dir" and index + 1 < len(arguments):
            os.environ["WEGWEISER_DATA_DIR"] = arguments[index + 1]
        elif argument.startswith("--data-dir="):
            os.environ["WEGWEISER_DATA_DIR"] = argument.partition("=")[2]


def _compile_catalogs() -> None:
    """A checkout has no .mo files until somebody makes them; a wheel brings them along."""
    from wegweiser.settings.data_folder import checkout_catalogs

    if folder := checkout_catalogs():
        from wegweiser.compile_locale import compile_catalogs

        compile_catalogs(folder)


if __name__ == "__main__":
    main()
