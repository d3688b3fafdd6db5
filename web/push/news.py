"""What one node tells the others of a commit: enough to push it there as it was pushed here, without asking SQL.

Entries travel whole; the packet they are in is sealed (`web.push.fanout`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from core.ids import StreamId
from core.log.append import Commit, Head
from core.log.body import Body
from core.log.entry import Entry, Header, Scope
from core.log.kinds import Kinds
from core.log.state import State

_encoder = msgspec.msgpack.Encoder()
SCOPES = 20_000
_decoders: dict[type[Body], Callable[[msgspec.Raw], Body | None]] = {}
"""Made once a kind: to make one costs ten times what it does."""
_scopes: dict[Scope, Scope] = {}
"""One object for all that are alike: gates remember what they have said of it."""


@dataclass(frozen=True, slots=True)
class News:
    """A commit as the pusher needs it, whichever node made it."""

    stream: StreamId
    entries: tuple[Entry, ...]
    head: Head
    """On a node that only heard of it, without the stream's keys."""


class PackedEntry(msgspec.Struct, frozen=True, array_like=True):
    """An entry; its body in the shape its kind says."""

    header: Header
    body: msgspec.Raw


class PackedCommit(msgspec.Struct, frozen=True, array_like=True):
    """The numbers, the state and the entries of a commit."""

    last_no: int
    content_no: int
    patient_no: int
    state: bytes
    scope: Scope
    entries: tuple[PackedEntry, ...]
    link: bytes = b""
    """Of the newest entry; empty from a node of the release before."""


class PackedNews(msgspec.Struct, frozen=True, array_like=True):
    """Whom it concerns stands outside: who follows none of it need not read on."""

    stream: str
    units: dict[str, int]
    commit: msgspec.Raw


_decode_commit = msgspec.msgpack.Decoder(PackedCommit).decode


def news_of(commit: Commit) -> News:
    """A commit of this node."""
    return News(commit.stream, commit.entries, commit.head)


def packed(news: News) -> PackedNews:
    """For other nodes."""
    head = news.head
    entries = tuple(PackedEntry(entry.header, msgspec.Raw(_encoder.encode(entry.body))) for entry in news.entries)
    numbers = (head.last_no, head.content_no, head.patient_no)
    commit = PackedCommit(*numbers, head.state.encode(), head.scope, entries, head.link)
    return PackedNews(news.stream, dict(head.unit_numbers), msgspec.Raw(_encoder.encode(commit)))


def unpacked(told: PackedNews, kinds: Kinds) -> News:
    """From another node. Raises `unknown_kind` when it runs a later version of the service."""
    commit = _decode_commit(told.commit)
    entries = tuple(Entry(one.header, _body(one, kinds)) for one in commit.entries)
    head = Head(
        stream=StreamId(told.stream),
        last_no=commit.last_no,
        content_no=commit.content_no,
        patient_no=commit.patient_no,
        link=commit.link,
        chain_key="",
        key=b"",
        wrapped_key=b"",
        state=State.decode(commit.state),
        scope=_same(commit.scope),
        unit_numbers=told.units,
    )
    return News(head.stream, entries, head)


def _body(told: PackedEntry, kinds: Kinds) -> Body | None:
    body: type[Body] = kinds.named(told.header.kind).body
    decode = _decoders.get(body)
    if decode is None:
        decode = _decoders[body] = msgspec.msgpack.Decoder(body | None).decode
    return decode(told.body)


def _same(scope: Scope) -> Scope:
    if len(_scopes) >= SCOPES:
        _scopes.clear()
    return _scopes.setdefault(scope, scope)
