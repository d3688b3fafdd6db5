"""Spot checks: looks drawn by lot as a list of work, each judged by an auditor. Whoever asks has passed a gate.

Sweden: regular checks of who has read what (HSLF-FS 2016:40, 4 kap. 9 §); Norway: Normen 5.4.4.
"""

import secrets
from collections.abc import Collection

from core.actor import Actor
from core.audit.judging import CHECK, STRATA, Cell, CheckDrawn, Drawn, LookJudged, SpotCheck, Verdict
from core.audit.mark import Period
from core.audit.sample import Sample
from core.audit.store import AuditRows, Looked, Wanted
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Head
from core.log.entry import Scope
from core.log.log import Log

PER_STRATUM_LIMIT = 50
REASON_LIMIT = 500
SEED_BYTES = 16


class SpotChecks:
    """The commands, and the checks there are."""

    def __init__(self, log: Log, rows: AuditRows, clock: Clock) -> None:
        self._log = log
        self._rows = rows
        self._clock = clock

    async def draw(
        self, actor: Actor, provider_id: str, period: Period, *, unit_id: str, per_stratum: int, client_id: str
    ) -> Head:
        """Draw a check of what there is of a period until now. Raises `bad_request`, `empty`: there is nothing."""
        if not 1 <= per_stratum <= PER_STRATUM_LIMIT:
            raise FyrError("bad_request", where="$.per_stratum", what=f"1 to {PER_STRATUM_LIMIT}")
        past = Period(period.from_ms, min(period.until_ms, self._clock.ms()))
        wanted, seed = Wanted((provider_id,), past, unit_id=unit_id), secrets.token_hex(SEED_BYTES)
        items = await self._sample(wanted, seed, per_stratum)
        if not items:
            raise FyrError("empty", field="looks")
        body = CheckDrawn(
            provider_id=provider_id,
            from_ms=past.from_ms,
            until_ms=past.until_ms,
            unit_id=unit_id,
            seed=seed,
            per_stratum=per_stratum,
            population=await self._population(wanted),
            items=items,
        )
        stream = StreamId(f"{CHECK}{provider_id}:{new_id()}")
        done = await self._log.append(Append(stream, (body,), actor, client_id, create=Scope(provider_id=provider_id)))
        return await self._log.head(done.stream)

    async def drawn_again(self, check: SpotCheck) -> tuple[Drawn, ...]:
        """What the check's seed draws from what there is now."""
        period = Period(check.from_ms, check.until_ms)
        wanted = Wanted((check.provider_id,), period, unit_id=check.unit_id)
        return await self._sample(wanted, check.seed, check.per_stratum)

    async def judge(
        self, actor: Actor, head: Head, item: int, *, verdict: Verdict, reason: str, client_id: str
    ) -> Head:
        """What an auditor makes of a look. Raises `not_found`, `empty`, `too_long`: all but "in order"
        asks for a reason."""
        if not 0 <= item < len(head.state.get(SpotCheck).items):
            raise FyrError("not_found")
        if not reason.strip() and verdict != "in_order":
            raise FyrError("empty", field="reason")
        if len(reason) > REASON_LIMIT:
            raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
        body = LookJudged(item=item, verdict=verdict, reason=reason.strip())
        await self._log.append(Append(head.stream, (body,), actor, client_id))
        return await self._log.head(head.stream)

    async def of(self, provider_ids: Collection[str]) -> list[Head]:
        """The checks of these legal care givers, the newest first."""
        names = await self._rows.checks_of(provider_ids)
        heads = await self._log.heads(names)
        return [heads[name] for name in names if name in heads]

    async def find(self, provider_ids: Collection[str], check_id: str) -> Head | None:
        """One of theirs; None when there is none of that id."""
        names = [StreamId(f"{CHECK}{one}:{check_id}") for one in provider_ids]
        found = list((await self._log.heads(names)).values())
        return found[0] if found else None

    async def _population(self, wanted: Wanted) -> tuple[Cell, ...]:
        cells = await self._rows.population(wanted)
        return tuple(sorted(cells, key=lambda cell: (STRATA.index(cell.stratum), cell.unit_id)))

    async def _sample(self, wanted: Wanted, seed: str, per_stratum: int) -> tuple[Drawn, ...]:
        sample = Sample(seed, per_stratum=per_stratum)
        async for page in self._rows.places(wanted):
            sample.offer(page)
        return tuple(_drawn(place) for place in sample.drawn(STRATA))


def check_id_of(head: Head) -> str:
    """What a check is called outside."""
    return head.stream.rpartition(":")[2]


def _drawn(place: Looked) -> Drawn:
    return Drawn(
        stream=place.mark.stream,
        no=place.mark.no,
        at_ms=place.mark.at_ms,
        stratum=place.stratum,
        unit_id=place.unit_id,
        actor_id=place.actor_id,
    )
