"""An entry's author in its header: the name is sealed with the stream's key, so that it falls with the words.

A header is chained for ever and stays when a stream is erased. What then remains says when, of what kind and by which
id, and nobody's name. A name is sealed once and stands in every header of its author: their id does so in clear.
"""

import base64
import binascii

import msgspec

from core.errors import FyrError
from core.log.entry import Header
from core.log.seal import Sealer

MARK = "sealed-name:"
MARK_OF_ONE = "sealed:"
"""Before a name that was sealed for one entry, as all once were."""
NAMES = 64
"""Kept sealed for a stream: more people seldom write in one."""


def with_sealed_author(header: Header, sealer: Sealer) -> Header:
    """The header as it is kept."""
    if not header.author.name:
        return header
    return _named(header, sealer.names.get(header.author.name) or _seal(header, sealer))


def with_opened_author(header: Header, sealer: Sealer | None) -> Header:
    """The header as it is shown; without a name when there is no key any more. Names of old were kept as they are."""
    mark, _, encoded = header.author.name.partition(":")
    context = _CONTEXTS.get(f"{mark}:")
    if context is None:
        return header
    try:
        sealed = base64.b64decode(encoded, validate=True)
        return _named(header, sealer.open(sealed, context(header)).decode() if sealer else "")
    except (binascii.Error, FyrError):  # the entry's link tells of an altered header; who reads is shown no name
        return _named(header, "")


def _named(header: Header, name: str) -> Header:
    return msgspec.structs.replace(header, author=msgspec.structs.replace(header.author, name=name))


def _seal(header: Header, sealer: Sealer) -> str:
    name = header.author.name
    sealed = MARK + base64.b64encode(sealer.seal(name.encode(), _of_stream(header))).decode()
    if len(sealer.names) >= NAMES:
        sealer.names.clear()
    sealer.names[name] = sealed
    return sealed


def _of_stream(header: Header) -> str:
    return f"{header.stream}/author"


def _of_entry(header: Header) -> str:
    return f"{header.stream}/{header.no}/author"


_CONTEXTS = {MARK: _of_stream, MARK_OF_ONE: _of_entry}
