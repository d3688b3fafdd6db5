"""What digital care has led to at a unit: figures of months or of phases. No patient is in it."""

from care.benefits.comparing import Compared
from care.benefits.figure import Measure
from care.benefits.kpis import Better, Name
from core.rollout.functions import Function, FunctionState
from triage.entries import Level
from web.wire.base import Wire
from web.wire.session import Language


class ShowBenefits(Wire, frozen=True, kw_only=True):
    """`benefits:show`: a unit's figures, month by month, or by the phases of one function."""

    unit_id: str
    from_month: str = ""
    """Such as 2026-06; empty: five months before the one at hand."""
    until_month: str = ""
    """Empty: the month at hand. At most 24 months from the first."""
    function: Function | None = None
    """Set: one column for each phase of this function at the unit, and no months."""
    lang: Language = "sv"
    """In which the figures are named."""


class AskBenefits(Wire, frozen=True, kw_only=True):
    """The same figures as a file."""

    unit_id: str
    from_month: str = ""
    """Such as 2026-06; empty: five months before the one at hand."""
    until_month: str = ""
    """Empty: the month at hand. At most 24 months from the first."""
    function: Function | None = None
    """Set: one column for each phase of this function at the unit, and no months."""
    lang: Language = "sv"
    """In which a paper is written; a table of figures has none."""


class BenefitWords(Wire, frozen=True, kw_only=True):
    """What a figure is called, and what it says."""

    name: Name
    title: str
    told: str


class BenefitFigure(Wire, frozen=True, kw_only=True):
    """One figure. docs/benefits.md says what each counts, among what, and what is left out."""

    name: Name
    level: Level | None
    """Null: all levels together."""
    measure: Measure
    better: Better
    """Which way is a gain."""
    numerator: int | None
    denominator: int | None
    value: float | None
    """A share of one, minutes, or a number. Null where there is nobody to count among, and of too few."""
    low: float | None
    high: float | None
    """What it would be in the long run lies between, nineteen times of twenty; null: too few to say."""
    before: float | None
    """What is held of it from before; null where nothing is, and by level."""
    compared: Compared | None
    """How it stands to that."""
    few: bool
    """True for a group of fewer than five, or that would give such a one away: nothing else is told then."""


class BaselineFigure(Wire, frozen=True, kw_only=True):
    """One figure as it was before, and where that comes from."""

    name: Name
    value: float
    among: int | None
    source: str
    from_month: str
    until_month: str
    by: str
    """Who set it."""
    at: str


class SetBaseline(Wire, frozen=True, kw_only=True):
    """`baseline:set`: hold this figure from before, in place of what was held of it. Every version stays in the log."""

    unit_id: str
    client_id: str
    figure: Name
    """Not one of those that are numbers: stretches are not equally long."""
    was: float | None
    """A share of one, or minutes; null takes it away."""
    among: int | None = None
    """Among how many it was measured, at least five; null: nobody knows."""
    source: str
    from_month: str
    until_month: str


class BaselineView(Wire, frozen=True, kw_only=True):
    """Answer to `baseline:set`: what is held now."""

    unit_id: str
    figures: tuple[BaselineFigure, ...]


class BenefitColumn(Wire, frozen=True, kw_only=True):
    """One stretch of time."""

    from_at: str
    until_at: str
    month: str
    """Such as 2026-11; empty of a phase."""
    state: FunctionState | None
    """What the function was then; null of a month."""
    figures: tuple[BenefitFigure, ...]


class BenefitsView(Wire, frozen=True, kw_only=True):
    """Answer to `benefits:show`."""

    unit_id: str
    unit: str
    lang: Language
    words: tuple[BenefitWords, ...]
    """Of every figure there is, in their order."""
    baseline: tuple[BaselineFigure, ...]
    columns: tuple[BenefitColumn, ...]
    """By time; none of a unit that nobody has come to, where phases are asked for."""
