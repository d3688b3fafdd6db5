"""Master keys of a machine that stands alone: made once, kept in the data folder, readable by its owner only.

Several nodes never come here: they are given `FYR_KEYS`, and the settings refuse PostgreSQL without it.
"""

import os
from collections.abc import Callable
from pathlib import Path

from core.errors import FyrError
from core.ids import new_id
from core.keyring.kms import SCHEME, keys_of_service
from core.log.seal import MasterKeys
from core.notices.push import PushKey
from core.settings import Settings

KEY_FILE = "keys"
PUSH_KEY_FILE = "push_key"
OWNER_ONLY = 0o600


def master_keys(settings: Settings) -> MasterKeys:
    """The keys that were set, else those of the data folder, made now if this is the first start.

    Raises `settings_invalid` when the file holds something else, `folder_unwritable` when it cannot be made,
    `unreachable` when a key service that has them is away.
    """
    if settings.keys.startswith(SCHEME):
        return keys_of_service(settings.keys, settings.kms_token)
    return MasterKeys.parse(settings.keys or _kept(settings.data_dir / KEY_FILE, MasterKeys.generate))


def existing_keys(settings: Settings) -> MasterKeys:
    """The keys of a record that is there already; none is made. Raises `settings_invalid` when there is none."""
    path = settings.data_dir / KEY_FILE
    if not settings.keys and not path.exists():
        raise FyrError("settings_invalid", problems=[f"FYR_KEYS is not set and {path} is not there"])
    return master_keys(settings)


def push_key(settings: Settings) -> PushKey | None:
    """The key that was set for web push, else that of the data folder; none for nodes that would each make their own.

    Raises `settings_invalid` when the file holds something else, `folder_unwritable` when it cannot be made.
    """
    if settings.push_key or settings.embedded:
        return PushKey(settings.push_key or _kept(settings.data_dir / PUSH_KEY_FILE, PushKey.generate))
    return None


def _kept(path: Path, generate: Callable[[], str]) -> str:
    if path.exists():
        return path.read_text("ascii").strip()
    text = generate()
    try:
        _write_once(path, text)
    except FileExistsError:
        return path.read_text("ascii").strip()
    except OSError as failure:
        raise FyrError("folder_unwritable", folder=str(path.parent), why=failure.strerror) from None
    return text


def _write_once(path: Path, text: str) -> None:
    """Write it whole to the disk under another name first: half a key would lose every record sealed with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{new_id()}")  # not by our number: one that died had the same in its container
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
