"""The digest of the code that works content out, so that nothing kept outlives the code that made it."""

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

CODE = Path(__file__).parent.parent
PACKAGES = ("msgspec", "simplemma", "spacy")


@cache
def code_digest() -> bytes:
    """Of every line of `triage`, and of the versions it works with."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for file in sorted(CODE.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()
