"""A unit's baseline: figures from before, with source, who set them and when. Every version stays in the log."""

from typing import Any

import msgspec

from care.benefits.entries import BaselineSet, Held
from care.benefits.kpis import KPIS, Name
from carequeue.fairness.sheet import FEWEST, IS_MONTH
from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append
from core.log.entry import Header, Scope
from core.log.kinds import Kind
from core.log.log import Log
from core.log.state import Part

PREFIX = "baseline:"
NO_PLACE = Scope()
"""What lies in these streams is on no board."""
SOURCE_LIMIT = 200
LONGEST_MIN = 100_000.0
COMPARED = {kpi.name: kpi for kpi in KPIS if kpi.number is None}
"""Numbers are not compared: stretches are not equally long."""


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as it was, and where that comes from."""

    value: float
    among: int | None
    source: str
    from_month: str
    until_month: str
    name: str
    set_ms: int


class Baseline(Part, tag="baseline", frozen=True, kw_only=True):
    """What is held of each figure."""

    figures: dict[Name, Before] = {}


def fold_baseline(part: Baseline, body: BaselineSet, header: Header) -> Baseline:
    """Each figure in place of what was held of it."""
    figures = {**part.figures}
    for one in body.figures:
        figures.pop(one.figure, None)
        if one.value is not None:
            figures[one.figure] = Before(
                value=one.value,
                among=one.among,
                source=body.source,
                from_month=body.from_month,
                until_month=body.until_month,
                name=body.name,
                set_ms=header.at_ms,
            )
    return Baseline(figures=figures)


KINDS: tuple[Kind[Any, Any], ...] = (Kind(body=BaselineSet, part=Baseline, fold=fold_baseline),)


def baseline_stream(unit_id: str) -> StreamId:
    """The log stream of a unit's baseline."""
    return StreamId(PREFIX + unit_id)


class Baselines:
    """Setting one, and what is held."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def of(self, unit_id: str) -> dict[Name, Before]:
        """What is held of each figure of a unit."""
        head = await self._log.find_head(baseline_stream(unit_id))
        return head.state.get(Baseline).figures if head is not None else {}

    async def set(self, actor: Actor, unit_id: str, body: BaselineSet, *, client_id: str) -> None:
        """Hold these from now on; the gate has been asked. Raises `empty`, `too_long`, `bad_request`."""
        _check(body)
        append = Append(baseline_stream(unit_id), (body,), actor, client_id, create=NO_PLACE)
        await self._log.append(append)


def _check(body: BaselineSet) -> None:
    if not body.figures:
        raise FyrError("empty", field="figures")
    if not body.source.strip():
        raise FyrError("empty", field="source")
    if len(body.source) > SOURCE_LIMIT:
        raise FyrError("too_long", field="source", limit=SOURCE_LIMIT)
    if not (IS_MONTH(body.from_month) and IS_MONTH(body.until_month)) or body.until_month < body.from_month:
        raise FyrError("bad_request", where="$.from_month", what="not a month such as 2025-01, or after the last")
    for one in body.figures:
        _check_figure(one)


def _check_figure(one: Held) -> None:
    kpi = COMPARED.get(one.figure)
    if kpi is None:
        raise FyrError("bad_request", where="$.figures", what="numbers are not compared")
    most = LONGEST_MIN if kpi.time is not None else 1.0
    if one.value is not None and not 0 <= one.value <= most:
        raise FyrError("bad_request", where="$.figures", what=f"0 to {most:.0f}")
    if one.among is not None and one.among < FEWEST:
        raise FyrError("bad_request", where="$.figures", what=f"among at least {FEWEST}")
