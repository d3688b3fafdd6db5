"""The other nodes: who is alive, which staff have which board open there. Forgotten when not heard of for a while."""

from dataclasses import dataclass

import msgspec

from core.clock import Clock

GONE_AFTER_MS = 15_000
"""Three beats of five seconds."""
DOUBTED_MS = 2_000
"""So long at least nothing is asked of a node that did not answer, and until it is heard again."""


class Here(msgspec.Struct, frozen=True, array_like=True):
    """What a node says of itself every five seconds, and at once when it changes."""

    asks: bool = False
    """True when it has just begun to listen: everyone answers, so that it knows them at once."""
    leaves: bool = False
    boards: dict[str, tuple[str, ...]] = {}
    """Staff (actor ids) who have each unit's board open."""
    carries: bool = False
    """Whether it carries out errands; a node of the release before does not."""


@dataclass(slots=True)
class Peer:
    """Another node, as it was last heard."""

    heard_ms: int
    last_no: int
    boards: dict[str, tuple[str, ...]]
    carries: bool = False
    doubted_ms: int | None = None
    """Since when it did not answer."""


class Peers:
    """Every node but this one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._peers: dict[str, Peer] = {}

    def heard(self, node: str, number: int, here: Here | None) -> bool:
        """Packet `number` came from the node. False when packets before it did not come: something was missed."""
        now_ms = self._clock.ms()
        peer = self._peers.get(node)
        if peer is None:
            peer = self._peers[node] = Peer(now_ms, number - 1, {})
        joined = number == peer.last_no + 1
        peer.heard_ms, peer.last_no = now_ms, number
        if peer.doubted_ms is not None and now_ms - peer.doubted_ms >= DOUBTED_MS:
            peer.doubted_ms = None
        if here is not None:
            peer.boards, peer.carries = here.boards, here.carries
            if here.leaves:
                del self._peers[node]
        return joined

    def doubt(self, node: str) -> None:
        """It did not answer: for a moment it is no carrier."""
        peer = self._peers.get(node)
        if peer is not None:
            peer.doubted_ms = self._clock.ms()

    def carriers(self) -> tuple[str, ...]:
        """The other nodes that carry out errands, always in the same order."""
        if not self._peers:
            return ()
        alive = self._alive()
        return tuple(sorted(node for node, one in alive.items() if one.carries and one.doubted_ms is None))

    def others(self) -> int:
        """How many other nodes are alive."""
        return len(self._alive())

    def staff_on(self, unit_id: str) -> set[str]:
        """Staff (actor ids) who have the unit's board open on another node."""
        return {actor_id for peer in self._alive().values() for actor_id in peer.boards.get(unit_id, ())}

    def _alive(self) -> dict[str, Peer]:
        if self._peers:
            oldest_ms = self._clock.ms() - GONE_AFTER_MS
            if any(peer.heard_ms < oldest_ms for peer in self._peers.values()):
                self._peers = {node: peer for node, peer in self._peers.items() if peer.heard_ms >= oldest_ms}
        return self._peers
