"""Socket calls of what digital care has led to at a unit. Nothing of any one contact is handed out."""

from care.benefits.figure import Figure
from care.benefits.kpis import KPIS, Name
from care.benefits.sheet import Column
from care.benefits.words import TITLES, TOLD
from core.access.gates import UnitAccess
from web.benefits import columns_of
from web.gates import unit_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.benefits import BenefitColumn, BenefitFigure, BenefitsView, BenefitWords, ShowBenefits
from web.wire.session import Language

BETTER = {kpi.name: kpi.better for kpi in KPIS}


@on("benefits:show", gate=unit_gate)
async def show_benefits(call: Call, body: ShowBenefits, access: UnitAccess) -> BenefitsView:
    """The unit's figures."""
    columns = await columns_of(call.node, access.unit_id, body)
    return BenefitsView(
        unit_id=access.unit_id,
        unit=call.node.unit_name(access.unit_id),
        lang=body.lang,
        words=tuple(_words(kpi.name, body.lang) for kpi in KPIS),
        columns=tuple(map(_column, columns)),
    )


def _words(name: Name, lang: Language) -> BenefitWords:
    return BenefitWords(name=name, title=TITLES[name](lang), told=TOLD[name](lang))


def _column(column: Column) -> BenefitColumn:
    stretch = column.stretch
    return BenefitColumn(
        from_at=wire_time(stretch.span.from_ms),
        until_at=wire_time(stretch.span.until_ms),
        month=stretch.month,
        state=stretch.state or None,
        figures=tuple(map(_figure, column.figures)),
    )


def _figure(one: Figure) -> BenefitFigure:
    return BenefitFigure(
        name=one.name,
        level=None if one.level == "all" else one.level,
        measure=one.measure,
        better=BETTER[one.name],
        numerator=one.numerator,
        denominator=one.denominator,
        value=one.value,
        few=one.few,
    )
