"""From what was said to a level in the queue: assesses a contact's whole story whenever something was added to it.

The worker may call twice: an assessment of the same story is committed once. It only raises; lowering is `set_urgency`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.access.gates import ContactAccess
from core.actor import system_actor
from core.errors import FyrError
from core.ids import StreamId, contact_stream
from core.log.append import Append, Appended, Commit, Head, Require, every, no_content_after
from core.log.entry import Entry
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.newest import Newest
from triage.entries import Assessed, Level, UrgencySet
from triage.state import Triage
from triage.telling import tellings
from triage.told import Story, Told, story_of
from triage.urgency import RANK

ASSESSOR = system_actor("assessor")
REASON_LIMIT = 1_000
STORIES = 256
"""Contacts whose tellings are kept in memory, so that one more message does not mean to read them all again."""


class Assess(Protocol):
    """Reads a story; pure and total, in bounded time, and holding up nothing else meanwhile."""

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`."""
        ...


@dataclass(slots=True)
class Heard:
    """How far a stream has been read, and the tellings up to there with their numbers."""

    no: int = 0
    tellings: list[tuple[int, Told]] = field(default_factory=list)
    ahead: list[Sequence[Entry]] | None = None
    """While SQL is read: what was committed meanwhile."""

    def add(self, entries: Sequence[Entry], kinds: Kinds) -> bool:
        """These come next, but for those that are known. False when any is missing before them."""
        new = [entry for entry in entries if entry.no > self.no]
        if new and new[0].no != self.no + 1:
            return False
        if new:
            self.no = new[-1].no
            self.tellings += tellings(new, kinds)
        return True


Then = Callable[[StreamId], Awaitable[None]]


class Assessor:
    """Carries out the outbox topic "assess"."""

    def __init__(self, log: Log, assess: Assess, *, then: Then | None = None) -> None:
        """`then`: called once a contact has been assessed, perhaps twice."""
        self._log = log
        self._then = then
        self._assess = assess
        self._read = Newest[StreamId, Heard](STORIES)

    async def __call__(self, stream: StreamId, no: int) -> None:
        """Assess the stream as it is now, unless entry `no` was read already; then see to what follows."""
        await self._assessed(stream, no)
        if self._then is not None:
            await self._then(stream)

    async def _assessed(self, stream: StreamId, no: int) -> None:
        head = self._log.remembered(stream) or await self._log.head(stream)
        read_no = head.state.get(Triage).basis_no
        if read_no >= no:
            return
        tellings = await self._tellings(stream, no)
        if not tellings or tellings[-1][0] <= read_no:  # what was told has been erased
            return
        basis_no = tellings[-1][0]
        story = story_of(told for _, told in tellings)
        assessed = await self._assess(story, basis_no=basis_no)
        await self._log.append(Append(stream, (assessed,), ASSESSOR, f"{stream}/{basis_no}"))

    async def story(self, stream: StreamId, basis_no: int) -> Story:
        """Everything a contact has told up to entry `basis_no`."""
        return story_of(told for no, told in await self._tellings(stream, basis_no) if no <= basis_no)

    def heard(self, commit: Commit) -> None:
        """A listener for the log: what joins up with what was read of a stream need not be read."""
        read = self._read.get(commit.stream)
        if read is not None and not read.add(commit.entries, self._log.kinds) and read.ahead is not None:
            read.ahead.append(commit.entries)

    def forget(self, stream: StreamId) -> None:
        """Its words have been erased."""
        self._read.drop(stream)

    async def _tellings(self, stream: StreamId, no: int) -> list[tuple[int, Told]]:
        """Everything told up to entry `no` at least."""
        read = self._read.get(stream) or Heard()
        self._read.keep({stream: read})
        if read.no < no:
            read.ahead = ahead = list[Sequence[Entry]]()
            try:
                read.add(await self._log.entries(stream, read.no), self._log.kinds)
            finally:
                read.ahead = None
            for entries in ahead:
                read.add(entries, self._log.kinds)
        return read.tellings


async def set_urgency(
    log: Log,
    access: ContactAccess,
    *,
    guard: Require,
    level: Level,
    reason: str,
    claim_no: int,
    client_id: str,
    seen_no: int | None = None,
) -> Appended:
    """A named person sets the level. Raises `empty` without a reason, `too_long`, and what `guard` raises.

    With `seen_no`, lowering is refused with `behind` while newer content lies unseen; raising never waits for that.
    """
    if not reason.strip():
        raise FyrError("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
    instead_of = access.head.state.get(Triage).urgency
    body = UrgencySet(urgency=level, reason=reason, claim_no=claim_no, instead_of=instead_of)
    condition = every(access.allowed, guard, _seen_when_lowering(level, seen_no))
    stream = contact_stream(access.contact_id)
    return await log.append(Append(stream, (body,), access.actor, client_id, require=condition))


def _seen_when_lowering(level: Level, seen_no: int | None) -> Require | None:
    if seen_no is None:
        return None
    all_seen = no_content_after(seen_no)

    def require(head: Head) -> None:
        if RANK[level] > RANK[head.state.get(Triage).urgency]:
            all_seen(head)

    return require
