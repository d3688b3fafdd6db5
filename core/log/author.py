"""An entry's author in its header: the name is sealed with the stream's key, so that it falls with the words.

A header is chained for ever and stays when a stream is erased. What then remains says when, of what kind and by which
id, and nobody's name.
"""

import base64
import binascii

import msgspec

from core.errors import FyrError
from core.log.entry import Header
from core.log.seal import Sealer

MARK = "sealed:"


def with_sealed_author(header: Header, sealer: Sealer) -> Header:
    """The header as it is kept."""
    if not header.author.name:
        return header
    sealed = sealer.seal(header.author.name.encode(), _context(header))
    return _named(header, MARK + base64.b64encode(sealed).decode())


def with_opened_author(header: Header, sealer: Sealer | None) -> Header:
    """The header as it is shown; without a name when there is no key any more. Names of old were kept as they are."""
    if not header.author.name.startswith(MARK):
        return header
    try:
        sealed = base64.b64decode(header.author.name.removeprefix(MARK), validate=True)
        return _named(header, sealer.open(sealed, _context(header)).decode() if sealer else "")
    except (binascii.Error, FyrError):  # the entry's link tells of an altered header; who reads is shown no name
        return _named(header, "")


def _named(header: Header, name: str) -> Header:
    return msgspec.structs.replace(header, author=msgspec.structs.replace(header.author, name=name))


def _context(header: Header) -> str:
    return f"{header.stream}/{header.no}/author"
