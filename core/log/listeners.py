"""Who is told of commits, each of no more than it asked for: most have nothing to do with what most entries say."""

from collections.abc import Callable, Iterable, Sequence

import structlog

from core.log.append import Commit
from core.log.body import Body
from core.log.kinds import Kinds
from core.log.state import Part

Listener = Callable[[Commit], None]
Interest = Iterable[type[Body] | type[Part]]
"""Bodies of entries, and parts of the state that an entry may change."""
log = structlog.get_logger(__name__)


class Listeners:
    """In the order in which they came."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._asked: list[tuple[Listener, frozenset[str] | None]] = []
        """With the names of the kinds of entry each asked for; None: all."""
        self._hearing: dict[frozenset[str], list[Listener]] = {}
        """Who hears of a commit with entries of these kinds."""

    def add(self, listener: Listener, of: Interest | None) -> None:
        """Tell it of commits with an entry that is one of these or changes one of them; None: of all."""
        wanted = None if of is None else frozenset(of)
        names = None if wanted is None else {kind.name for kind in self._kinds if wanted & {kind.body, kind.part}}
        self._asked.append((listener, None if names is None else frozenset(names)))
        self._hearing.clear()

    def tell(self, commits: Sequence[Commit]) -> None:
        """It is on disk: a fault of one who listens keeps it from nobody else, nor from who waits for the answer."""
        for commit in commits:
            names = frozenset([entry.header.kind for entry in commit.entries])
            for listener in self._hearing.get(names) or self._hear(names):
                try:
                    listener(commit)
                except Exception:
                    log.exception("commit_not_told", stream=commit.stream)

    def _hear(self, names: frozenset[str]) -> list[Listener]:
        found = [listener for listener, asked in self._asked if asked is None or names & asked]
        self._hearing[names] = found
        return found
