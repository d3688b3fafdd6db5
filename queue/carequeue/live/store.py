"""The queue's live index in Redis: who is next, and who is parked while a claim is being settled.

It holds ids, numbers and times, and may be lost at any moment: SQL is the record. It is `doubted` whenever this node
has reason to think that the index may not be whole (a command failed, the server is another one, somebody flushed it);
until `IndexKeeper` has brought it up to date, claims are decided in SQL by the same order. So they are while it is
*behind*: while nobody has made sure lately that all that is committed was put there.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from importlib import resources
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from carequeue.capacity import WHOLE, Turn
from carequeue.order import arrival, score
from carequeue.store import PlaceRow
from core.errors import FyrError
from core.ids import ContactId, new_id
from core.storage.redis_line import RedisLine

PARK_MS = 750
"""Long enough for SQL to settle a claim; a node that dies in between keeps a contact from others no longer. Where SQL
takes longer, another may be offered the contact as well: whoever is settled first has it."""
ANSWER_WITHIN_S = 0.25
"""No nurse waits longer for the index: SQL has the same answer."""
EACH_WITHIN_S = 0.02
"""More for each call of a pipeline."""
BEHIND_MS = 700
"""Nobody who has waited for a second is passed: the rest is for the claim's own way here and for a slow disk."""
SCRIPTS = ("put", "drop", "release", "park_next", "finish")
KEYS = ("contacts", "parked", "complete", "mending", "lane:", "needs:", "load:")
PAGE = 500
TOGETHER = 50
"""Done in one step of the server, which takes it a millisecond or two."""
NO_TURNS: Mapping[ContactId, Turn] = MappingProxyType({})


class Asked(NamedTuple):
    """A unit as one nurse may take from it."""

    unit_id: str
    at_once: int
    """So much may be held for one more, in hundredths of a contact, unless that is immediate."""
    with_immediate: int
    """So many contacts, while one that is held is immediate."""
    abilities: str
    """With spaces around each: see `as_asked`."""


def as_asked(abilities: Iterable[str]) -> str:
    """Abilities as the scripts look for one of them."""
    return f" {' '.join(abilities)} "


class Weighed(NamedTuple):
    """How much a contact weighs that is held, in hundredths: by urgency, and while the patient owes the answer."""

    very_urgent: int = WHOLE
    other: int = WHOLE
    very_urgent_waits: int = WHOLE
    other_waits: int = WHOLE


ALIKE = Weighed()


class Parked(NamedTuple):
    """A contact that is offered to nobody else until its park runs out."""

    contact_id: ContactId
    unit_id: str
    claim_no: int
    no: int
    """The entry of its log as of which the index offered it."""


class Nothing(NamedTuple):
    """The index knows of no contact for whoever asked."""

    being_given: tuple[ContactId, ...]
    """What is parked for them: it is settled and not told yet, or another node settles it, or has died over it."""


class Stand(NamedTuple):
    """Where the index has a contact: what must agree with SQL."""

    unit_id: str
    needs: str
    score: int
    holder: str = ""
    """Who holds it; empty while it waits."""


class Seen(NamedTuple):
    """What the index has of a contact, and as of which entry of its log."""

    stand: Stand
    no: int


class _Asking(NamedTuple):
    """Who asks for the next contact, in the words of the script, and waits for what is found."""

    words: tuple[object, ...]
    now_ms: int
    answer: "asyncio.Future[list[Any]]"


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """A contact's record as the scripts pack it."""

    unit_id: str
    needs: str
    score: int
    arrived: str
    no: int
    claim_no: int
    ends: int
    """When its park runs out, milliseconds since 1970; 0: it is in its lane; -1: it is held."""
    holder: str
    """Who holds it or is being given it."""


HELD = -1
_decode = msgspec.msgpack.Decoder(_Record).decode


class Index:
    """The index as one node sees it. What fails raises `unreachable` and is doubted from then on."""

    def __init__(self, client: Redis, *, prefix: str = "queue:", within_s: float = ANSWER_WITHIN_S) -> None:
        self._client = client
        self._within_s = within_s
        self._line = RedisLine(client)
        self._keys = tuple(prefix + key for key in KEYS)
        self._shas: dict[str, str] = {}
        self._name = new_id()
        self._losses = 0
        self._losses_at_begin = 0
        self._server = b""
        self._has_all_until_ms = 0
        self.weighed = ALIKE
        """How much what a nurse holds weighs."""
        self._asking: list[_Asking] = []
        self.doubted = True
        self.on_doubt: Callable[[], None] = lambda: None

    def doubt(self) -> None:
        """Rely on SQL until it has been brought up to date."""
        self._losses += 1
        self.doubted = True
        self.on_doubt()

    def has_all_until(self, at_ms: int) -> None:
        """Everything that was committed by then is here, by what SQL said."""
        self._has_all_until_ms = max(self._has_all_until_ms, at_ms)

    def is_behind(self, now_ms: int) -> bool:
        """Whether somebody may be missing here who has waited for too long to be passed."""
        return now_ms - self._has_all_until_ms > BEHIND_MS

    async def park_next(self, staff_id: str, asked: Iterable[Asked], *, now_ms: int) -> Parked | Nothing:
        """Take the first contact that this nurse may be given out of the queue for a moment, under a new claim number.

        Nothing also for whoever holds or is being given as many as they may. Who asks in one turn of the loop is
        answered in one step, in the order in which they asked.
        """
        units = list(asked)
        answer: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        self._asking.append(_Asking((staff_id, len(units), *chain.from_iterable(units)), now_ms, answer))
        if len(self._asking) == 1:
            asyncio.get_running_loop().call_soon(self._ask_for_all)
        found = await answer
        if len(found) == 1:
            return Nothing(tuple(ContactId(contact_id.decode()) for contact_id in found[0]))
        return Parked(ContactId(found[0].decode()), found[1].decode(), found[2], found[3])

    def _ask_for_all(self) -> None:
        """For everybody who has asked in this turn of the loop. No task of its own: that costs as much as a claim."""
        asking, self._asking = self._asking, []
        for start in range(0, len(asking), TOGETHER):
            self._ask_together(asking[start : start + TOGETHER])

    def _ask_together(self, asking: Sequence[_Asking]) -> None:
        """Whoever has gone meanwhile is parked for all the same, for a moment."""
        if not self._shas:  # `begin` has not been reached yet
            self._fail(asking)
            return
        now_ms, words = max(one.now_ms for one in asking), chain.from_iterable(one.words for one in asking)
        answer = self._line.ask(*self._command("park_next", (now_ms, now_ms + PARK_MS, *self.weighed, *words)))
        too_late = asyncio.get_running_loop().call_later(self._within_s, self._fail, asking)

        def answered(done: "asyncio.Future[Any]") -> None:
            too_late.cancel()
            found = None if done.cancelled() or done.exception() is not None else done.result()
            if found is None:
                self._fail(asking)
                return
            for one, theirs in zip(asking, found, strict=True):
                if not one.answer.done():
                    one.answer.set_result(theirs)

        answer.add_done_callback(answered)

    def _fail(self, asking: Sequence[_Asking]) -> None:
        self.doubt()
        for one in asking:
            if not one.answer.done():
                one.answer.set_exception(FyrError("unreachable", what="queue index"))

    async def release(self, parked: Parked) -> None:
        """Let the next one have it at once."""
        await self._run("release", parked.contact_id, parked.claim_no)

    async def put(self, rows: Sequence[PlaceRow], *, turns: Mapping[ContactId, Turn] = NO_TURNS) -> None:
        """Let the index have them as their rows say, waiting or held; older rows than it has are passed over.

        `turns`: who owes the answer, where that is known; else it stays as it was.
        """
        for start in range(0, len(rows), PAGE):
            some = rows[start : start + PAGE]
            await self._run_many("put", [_as_put(row, turns.get(row.contact_id, "")) for row in some])

    async def drop(self, numbered: Sequence[tuple[ContactId, int]]) -> None:
        """Take contacts out in which, as of that entry of their logs, nobody waits and that nobody holds."""
        await self._run_many("drop", list(numbered))

    async def contents(self) -> dict[ContactId, Seen]:
        """Everything the index has: waiting, parked (which SQL knows as waiting) or held."""
        found: dict[ContactId, Seen] = {}
        cursor = 0
        while True:
            page = self._client.hscan(self._key("contacts"), cursor, count=PAGE)
            cursor, part = await self._ask(page, self._within_s + PAGE * EACH_WITHIN_S)
            for contact_id, packed in part.items():
                record = _decode(packed)
                holder = record.holder if record.ends == HELD else ""
                stand = Stand(record.unit_id, record.needs, record.score, holder)
                found[ContactId(contact_id.decode())] = Seen(stand, record.no)
            if cursor == 0:
                return found

    async def is_whole(self) -> bool:
        """Whether it was brought up to date on this very server, and not flushed since."""
        complete = await self._ask(self._client.get(self._key("complete")), self._within_s)
        return bool(complete == await self._server_id())

    async def begin(self) -> None:
        """Start to bring it up to date; `finish` ends it.

        The scripts live in the server's memory only, so that a server started anew, perhaps from an old file, answers
        no claim before it has passed here, where an old server's mark is taken away.
        """
        self._losses_at_begin = self._losses
        self._server = await self._server_id()
        await self._line.hang_up()
        if not await self.is_whole():
            await self._ask(self._client.delete(self._key("complete")), self._within_s)
        for name in SCRIPTS:
            self._shas[name] = await self._ask(self._client.script_load(_source(name)), self._within_s)
        await self._ask(self._client.sadd(self._key("mending"), self._name), self._within_s)

    async def finish(self) -> bool:
        """Say that everyone who waits has been put since `begin`.

        False when a flush or another server came between, or a change that could not be told: begin again.
        """
        whole = bool(await self._run("finish", self._name, self._server))
        if whole and self._losses == self._losses_at_begin:
            self.doubted = False
        return not self.doubted

    async def _server_id(self) -> bytes:
        told = await self._ask(self._client.info("server"), self._within_s)
        return str(told["run_id"]).encode()

    def _key(self, name: str) -> str:
        return self._keys[KEYS.index(name)]

    async def _run(self, script: str, *args: object) -> Any:
        return await self._ask(self._call(script, args), self._within_s)

    async def _run_many(self, script: str, each: Sequence[Sequence[object]]) -> None:
        """Some in one step: a step takes no longer than others can wait for."""
        steps = [each[start : start + TOGETHER] for start in range(0, len(each), TOGETHER)]
        answers = asyncio.gather(*(self._call(script, [*chain.from_iterable(step)]) for step in steps))
        await self._ask(answers, self._within_s + len(each) * EACH_WITHIN_S)

    def _call(self, script: str, args: Sequence[object]) -> Awaitable[Any]:
        if not self._shas:
            raise self._lost()  # `begin` has not been reached yet
        return self._line.ask(*self._command(script, args))

    def _command(self, script: str, args: Iterable[object]) -> tuple[object, ...]:
        return ("EVALSHA", self._shas[script], len(self._keys), *self._keys, *args)

    async def _ask(self, answer: Awaitable[Any], within_s: float) -> Any:
        try:
            async with asyncio.timeout(within_s):
                return await answer
        except (RedisError, OSError, TimeoutError):
            raise self._lost() from None

    def _lost(self) -> FyrError:
        self.doubt()
        return FyrError("unreachable", what="queue index")


def _as_put(row: PlaceRow, turn: str) -> tuple[object, ...]:
    place = (row.contact_id, row.unit_id, row.needs)
    return (*place, score(row.key), arrival(row.key), row.no, row.claim_no, row.holder_id or "", turn)


def stand_of(row: PlaceRow) -> Stand:
    """Where the index ought to have the contact."""
    return Stand(row.unit_id, row.needs, score(row.key), row.holder_id or "")


def _source(script: str) -> str:
    folder = resources.files("carequeue.live")
    return "".join(folder.joinpath(f"{name}.lua").read_text("utf-8") for name in ("record", script))
