"""Closes the lines of sessions that are over, on this node and within a second: ended by somebody, run out, or idle.

Read from SQL, since an order through Redis may never come. It also writes down which sessions are in use.
"""

from typing import TYPE_CHECKING

from core.background import Background

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 0.5
LOOK_BACK_MS = 10_000
"""Nodes' clocks differ, and a commit may come to light after one that was begun later."""
TURNS = 10
"""Looks in which every session with a line is asked after once: for those that end by themselves."""
TOUCH_TURNS = 60
PAGE = 500


class SessionWatch:
    """Looks for what has ended, in the order: heard, closed."""

    def __init__(self, node: "Node", *, every_s: float = EVERY_S) -> None:
        self._node = node
        self._turn = 0
        self._to_ask: list[str] = []
        """Sessions not asked after yet in this round."""
        self._share = 0
        self._looking = Background("session watch", self._look, every_s=every_s)

    def start(self) -> None:
        """Begin to look."""
        self._looking.start()

    async def stop(self) -> None:
        """Look no more; what was used until now is written down."""
        await self._looking.stop()

    async def _look(self) -> bool:
        sessions, self._turn = self._node.sessions, self._turn + 1
        if self._turn % TOUCH_TURNS == 0:
            await sessions.touch_used(self._patients())
        ended = await sessions.ended_since(self._node.now_ms() - LOOK_BACK_MS)
        sessions.heard_ended(ended)
        for session_id in ended & self._node.follows.sessions():
            self._node.sockets.end_session(session_id)
        await self._end_by_themselves()
        return False

    async def _end_by_themselves(self) -> None:
        if not self._to_ask:
            self._to_ask = list(self._node.follows.sessions())
            self._share = -(-len(self._to_ask) // TURNS)
        some, self._to_ask = self._to_ask[: self._share], self._to_ask[self._share :]
        for start in range(0, len(some), PAGE):
            page = some[start : start + PAGE]
            for session_id in set(page) - await self._node.sessions.kept(page):
                self._node.sockets.end_session(session_id)

    def _patients(self) -> set[str]:
        """A patient who waits with the page open uses their session: what they wait for must reach them."""
        everyone = self._node.follows.everyone()
        return {one.actor.session_id for one in everyone if one.actor.kind != "staff" and one.actor.session_id}
