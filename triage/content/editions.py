"""Every content that ever judged a contact is kept as it was, so that the judgement can be made again.

An *edition* is the folder of one version. The version holds a digest of every file: a changed folder is refused.
"""

import shutil
import tempfile
from pathlib import Path

from core.errors import FyrError
from triage.content import Content, load_content
from triage.content.files import files_of, read

EDITIONS = "content"
"""The shelf's name in the data folder."""


def keep_edition(source: Path, shelf: Path) -> str:
    """Copy the content of `source` to the shelf unless it stands there; its version. Raises `folder_unwritable`."""
    version = read(source).version
    _copy(source, shelf, version)
    return version


def edition(shelf: Path, version: str) -> Content:
    """The content of that version. Raises `not_found`, and `content_invalid` where it is not what it was."""
    folder = shelf / version
    if "/" in version or not folder.is_dir():
        raise FyrError("not_found")
    content = load_content(folder)
    if content.version != version:
        raise FyrError("content_invalid", problems=[f"{version}: its files were changed"])
    return content


def _copy(source: Path, shelf: Path, version: str) -> None:
    if (shelf / version).is_dir():
        return
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=shelf, prefix=".draft-"))
        for file in files_of(source):
            target = draft / file.relative_to(source)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)
        _put(draft, shelf / version)
    except OSError as failure:
        raise FyrError("folder_unwritable", folder=str(shelf), why=failure.strerror) from None


def _put(draft: Path, place: Path) -> None:
    """In one step, so that no edition is ever half there; another node may have been quicker."""
    try:
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft)
        if not place.is_dir():
            raise
