"""Where a contact is at home: the one node that writes what people say in it, so that nodes do not overtake each other.

Every node works it out from who is alive (rendezvous hashing), and asks nobody. Two that disagree for a moment both
write; the number in SQL decides, as it does for everything that is written elsewhere than at home.
"""

import hashlib

from web.push.peers import Peers

KNOWN = 20_000
"""Contacts whose home is remembered: about 3 MB."""


def home_of(contact_id: str, nodes: tuple[str, ...]) -> str:
    """The same one for everybody who names these nodes. When one goes only its own contacts move (Thaler and
    Ravishankar, "Using name-based mappings to increase hit rates", 1998)."""
    return max(nodes, key=lambda node: hashlib.blake2b(f"{node}/{contact_id}".encode(), digest_size=8).digest())


class Homes:
    """The homes of contacts as this node sees them."""

    def __init__(self, node: str, peers: Peers) -> None:
        self._node = node
        self._peers = peers
        self._others: tuple[str, ...] = ()
        self._known: dict[str, str] = {}

    def elsewhere(self, contact_id: str) -> str | None:
        """The node at which the contact is at home; None when that is this one."""
        others = self._peers.carriers()
        if not others:
            return None
        if others != self._others or len(self._known) >= KNOWN:
            self._others, self._known = others, {}
        home = self._known.get(contact_id)
        if home is None:
            home = self._known[contact_id] = home_of(contact_id, (self._node, *others))
        return home if home != self._node else None
