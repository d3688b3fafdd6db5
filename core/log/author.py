"""An entry's author in its header: the name is sealed with the stream's key, so that it falls with the words.

A header is chained for ever and stays when a stream is erased. What then remains says when, of what kind and by which
id, and nobody's name. A name is sealed once and stands in every header of its author: their id does so in clear.
"""

import base64
import binascii

import msgspec

from core.actor import Actor
from core.errors import FyrError
from core.log.body import Author
from core.log.entry import Header, Scope
from core.log.seal import Sealer

MARK = "sealed-name:"
MARK_OF_ONE = "sealed:"
"""Before a name that was sealed for one entry, as all once were."""
HANDS = 64
"""Kept of a stream: more people seldom write in one."""
PROXY = "proxy"
"""The role of a patient's author who writes in another's place."""


class Hand(msgspec.Struct, frozen=True):
    """Who writes in a stream, as its headers say it."""

    actor: Actor
    scope: Scope
    shown: Author
    kept: Author
    """With the name sealed."""
    purpose: str
    session: str


def hand_of(actor: Actor, stream: str, scope: Scope, *, sealer: Sealer) -> Hand:
    """The actor's hand in a stream of this scope; made once for as long as neither changes."""
    known: Hand | None = sealer.hands.get(id(actor))
    if known is not None and known.actor is actor and known.scope is scope:
        return known
    role = actor.role_at(scope.unit_id)
    in_place = bool(actor.represents) and actor.stands_for(scope.person_id)
    shown = Author(kind=actor.kind, name=actor.name, role=role.role if role else PROXY if in_place else "")
    made = Hand(actor, scope, shown, _sealed(shown, stream, sealer), actor.purpose, actor.session)
    if len(sealer.hands) >= HANDS:
        sealer.hands.clear()
    sealer.hands[id(actor)] = made
    return made


def with_opened_author(header: Header, sealer: Sealer | None) -> Header:
    """The header as it is shown; without a name when there is no key any more. Names of old were kept as they are."""
    mark, _, encoded = header.author.name.partition(":")
    if f"{mark}:" not in (MARK, MARK_OF_ONE):
        return header
    context = _of_stream(header.stream) if f"{mark}:" == MARK else f"{header.stream}/{header.no}/author"
    try:
        sealed = base64.b64decode(encoded, validate=True)
        return _named(header, sealer.open(sealed, context).decode() if sealer else "")
    except (binascii.Error, FyrError):  # the entry's link tells of an altered header; who reads is shown no name
        return _named(header, "")


def _named(header: Header, name: str) -> Header:
    return msgspec.structs.replace(header, author=msgspec.structs.replace(header.author, name=name))


def _sealed(author: Author, stream: str, sealer: Sealer) -> Author:
    if not author.name:
        return author
    sealed = sealer.seal(author.name.encode(), _of_stream(stream))
    return msgspec.structs.replace(author, name=MARK + base64.b64encode(sealed).decode())


def _of_stream(stream: str) -> str:
    return f"{stream}/author"
