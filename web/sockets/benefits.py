"""Socket calls of what digital care has led to at a unit. Nothing of any one contact is handed out."""

from collections.abc import Mapping

from care.benefits.baseline import Before
from care.benefits.comparing import Difference
from care.benefits.entries import BaselineSet, Held
from care.benefits.figure import Figure
from care.benefits.kpis import KPIS, Name
from care.benefits.sheet import BETTER, Column, compared
from care.benefits.words import TITLES, TOLD
from core.access.gates import UnitAccess
from web.benefits import columns_of
from web.gates import unit_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.benefits import (
    BaselineFigure,
    BaselineView,
    BenefitColumn,
    BenefitFigure,
    BenefitsView,
    BenefitWords,
    SetBaseline,
    ShowBenefits,
)
from web.wire.session import Language


@on("benefits:show", gate=unit_gate)
async def show_benefits(call: Call, body: ShowBenefits, access: UnitAccess) -> BenefitsView:
    """The unit's figures."""
    columns, held = await columns_of(call.node, access.unit_id, body), await call.node.baselines.of(access.unit_id)
    return BenefitsView(
        unit_id=access.unit_id,
        unit=call.node.unit_name(access.unit_id),
        lang=body.lang,
        words=tuple(_words(kpi.name, body.lang) for kpi in KPIS),
        baseline=_baseline(held),
        columns=tuple(_column(one, held) for one in columns),
    )


@on("baseline:set", gate=unit_gate)
async def set_baseline(call: Call, body: SetBaseline, access: UnitAccess) -> BaselineView:
    """Hold a figure from before."""
    entry = BaselineSet(
        figures=(Held(figure=body.figure, value=body.was, among=body.among),),
        source=body.source.strip(),
        from_month=body.from_month,
        until_month=body.until_month,
        name=access.actor.name,
    )
    baselines, client_id = call.node.baselines, check_client_id(body.client_id)
    await baselines.set(access.actor, access.unit_id, entry, client_id=client_id)
    return BaselineView(unit_id=access.unit_id, figures=_baseline(await baselines.of(access.unit_id)))


def _baseline(held: Mapping[Name, Before]) -> tuple[BaselineFigure, ...]:
    return tuple(
        BaselineFigure(
            name=name,
            value=one.value,
            among=one.among,
            source=one.source,
            from_month=one.from_month,
            until_month=one.until_month,
            by=one.name,
            at=wire_time(one.set_ms),
        )
        for name, one in held.items()
    )


def _words(name: Name, lang: Language) -> BenefitWords:
    return BenefitWords(name=name, title=TITLES[name](lang), told=TOLD[name](lang))


def _column(column: Column, held: Mapping[Name, Before]) -> BenefitColumn:
    stretch = column.stretch
    return BenefitColumn(
        from_at=wire_time(stretch.span.from_ms),
        until_at=wire_time(stretch.span.until_ms),
        month=stretch.month,
        state=stretch.state or None,
        figures=tuple(_figure(one, compared(one, held)) for one in column.figures),
    )


def _figure(one: Figure, against: Difference | None) -> BenefitFigure:
    return BenefitFigure(
        name=one.name,
        level=None if one.level == "all" else one.level,
        measure=one.measure,
        better=BETTER[one.name],
        numerator=one.numerator,
        denominator=one.denominator,
        value=one.value,
        low=one.low,
        high=one.high,
        before=against.before if against else None,
        compared=against.compared if against else None,
        few=one.few,
    )
