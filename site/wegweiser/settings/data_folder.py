"""Where an installation keeps its data: database, index, media and the secret key made at the first start."""

import os
import secrets
from pathlib import Path


def data_folder(configured: str) -> Path:
    if configured:
        return Path(configured).expanduser().resolve()
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "wegweiser"


def secret_key(folder: Path) -> str:
    """Read the installation's own key, or make one that only this user may read."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make_key(path)
        return path.read_text().strip()
    except OSError as error:
        raise SystemExit(
            f"Cannot use the data folder {folder} ({error.strerror}). "
            "Choose another one with --data-dir or WEGWEISER_DATA_DIR, or give it to the user who runs this."
        ) from error


def _make_key(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process was faster
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))


def checkout_catalogs() -> Path | None:
    """The catalogs' source folder, where the program runs from a checkout."""
    folder = Path(__file__).resolve().parents[3] / "locale"
    return folder if folder.is_dir() else None
