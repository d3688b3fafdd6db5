"""Heads from their rows and back: the stream's key unwrapped, its state opened and sealed with the row it is in."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Head
from core.log.entry import Scope
from core.log.seal import MasterKeys, Sealer, sealer_of, unwrap_key
from core.log.state import State

KEYS = 20_000
"""Unwrapped stream keys kept in memory: about 3 MB."""


class HeadReader:
    """Makes heads; remembers keys it has unwrapped."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters
        self._keys: dict[tuple[StreamId, bytes], bytes] = {}

    def of(self, rows: Iterable[Sequence[Any]]) -> dict[StreamId, Head]:
        """The heads of rows with the columns `core.log.rows.STREAM`. Raises `log_broken` when one was altered."""
        return {StreamId(row[0]): self._head(row) for row in rows}

    def each(self, rows: Iterable[Sequence[Any]]) -> dict[StreamId, Head | FyrError]:
        """The heads of rows; in place of one that was altered its `log_broken`."""
        found: dict[StreamId, Head | FyrError] = {}
        for row in rows:
            try:
                found[StreamId(row[0])] = self._head(row)
            except FyrError as broken:
                found[StreamId(row[0])] = broken
        return found

    def forget(self, stream: StreamId) -> None:
        """Keep no key of this stream."""
        for known in [known for known in self._keys if known[0] == stream]:
            del self._keys[known]

    def _head(self, row: Sequence[Any]) -> Head:
        name, wrapped = StreamId(row[0]), bytes(row[6])
        key = self._key(name, wrapped)
        return Head(
            stream=name,
            last_no=row[1],
            content_no=row[2],
            patient_no=row[3],
            link=bytes(row[4]),
            chain_key=row[5],
            key=key,
            wrapped_key=wrapped,
            state=State.decode(_opened_state(row, sealer_of(key))),
            scope=Scope(person_id=row[8], opener_id=row[9], unit_id=row[10], provider_id=row[11]),
        )

    def _key(self, name: StreamId, wrapped: bytes) -> bytes:
        key = self._keys.get((name, wrapped))
        if key is None:
            if len(self._keys) >= KEYS:
                self._keys.clear()
            key = self._keys[name, wrapped] = unwrap_key(self._masters, name, wrapped)
        return key


def sealed_state(head: Head) -> bytes:
    """The head's state as its row keeps it."""
    scope = head.scope
    context = (  # as `_state_context` has it, at half the price
        f"{head.stream}/state/({head.last_no}, {head.content_no}, {head.patient_no}, {scope.person_id!r}, "
        f"{scope.opener_id!r}, {scope.unit_id!r}, {scope.provider_id!r})"
    )
    return sealer_of(head.key).seal(head.state.encode(), context)


def _opened_state(row: Sequence[Any], sealer: Sealer) -> bytes:
    sealed = bytes(row[7])
    try:
        return sealer.open(sealed, _state_context(row[0], tuple(row[1:4]), tuple(row[8:12])))
    except FyrError:  # sealed before the rest of the row was part of it; every write since seals it anew
        return sealer.open(sealed, f"{row[0]}/state")


def _state_context(stream: str, numbers: tuple[int, ...], scope: tuple[str, ...]) -> str:
    """The row a state belongs to: whom it concerns, how far it is. With any of it altered the state does not open."""
    return f"{stream}/state/{(*numbers, *scope)!r}"
