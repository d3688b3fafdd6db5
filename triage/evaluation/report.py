"""What `fyr evaluate` says: the same figures as text, as JSON, and in the one last line."""

from collections.abc import Iterable

import msgspec

from triage.assess import assess
from triage.assessment import Assessment
from triage.content import Content
from triage.evaluation.gold import Gold
from triage.evaluation.tally import ABOVE, BELOW, Hits, Tally, share
from triage.urgency import LEVELS, RANK, Urgency

NOTHING = "nan"
"""How a share of nothing is printed: a file without spans has no span F1."""


class Match(msgspec.Struct, frozen=True):
    """Precision, recall and their mean."""

    precision: float | None
    recall: float | None
    f1: float | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """One group of cases. Shares are of the cases with a level, but `unassessed` and `raised_silent` of all."""

    n: int
    accuracy: float | None
    safe: float | None
    """Not below the level they need."""
    over: float | None
    under: float | None
    close: float | None
    """Exactly right or one level above."""
    unassessed: float | None
    raised_silent: float | None
    """Raised by silence alone, if nobody answered anything."""
    immediate_low: int
    """In danger of life and placed below very urgent."""
    recall: dict[Urgency, float | None]
    confusion: dict[Urgency, dict[Urgency, int]]
    """Needed level: given level: how many."""
    spans: Match
    negation: Match


class RuleFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One rule or safe path: how often it fired, and how often the case needed that level, less, or more."""

    fired: int
    right: int
    less_needed: int
    more_needed: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything measured on one file with one content."""

    content_version: str
    all: Figures
    by_lang: dict[str, Figures]
    by_rule: dict[str, RuleFigures]
    low: tuple[str | int, ...]
    """Ids of the cases placed below the level they need."""

    def json(self) -> str:
        """The report as indented JSON."""
        return msgspec.json.format(msgspec.json.encode(self)).decode()

    def text(self) -> str:
        """The report as lines to read, the result last."""
        groups = {"all": self.all, **self.by_lang}
        return "\n".join(
            (
                f"content {self.content_version}",
                *(_line(name, figures) for name, figures in groups.items()),
                *_confusion(self.all),
                *_rules(self.by_rule),
                f"below the level they need: {', '.join(map(str, self.low)) or 'none'}",
                self.result(),
            )
        )

    def result(self) -> str:
        """The one last line."""
        told = self.all
        shares = (
            ("accuracy", told.accuracy),
            ("safe", told.safe),
            ("over", told.over),
            ("under", told.under),
            ("span_f1", told.spans.f1),
            ("negation_f1", told.negation.f1),
            ("unassessed", told.unassessed),
            ("raised_silent", told.raised_silent),
        )
        return " ".join((f"RESULT n={told.n}", *(f"{name}={_said(value)}" for name, value in shares)))


def evaluated(cases: Iterable[Gold], content: Content) -> Report:
    """Assess every case and count. Deterministic: the same file and content give the same report."""
    whole, langs, rules, low = Tally(), dict[str, Tally](), dict[str, list[int]](), list[str | int]()
    for gold in cases:
        result = assess(gold.case(), content)
        whole.add(gold, result)
        langs.setdefault(gold.lang or result.lang, Tally()).add(gold, result)
        if gold.urgency is not None:
            _count_rules(rules, gold.urgency, result)
            if RANK[result.urgency] > RANK[gold.urgency]:
                low.append(gold.id)
    return Report(
        content_version=content.version,
        all=_figures(whole),
        by_lang={lang: _figures(langs[lang]) for lang in sorted(langs)},
        by_rule={name: _rule_figures(rules[name]) for name in sorted(rules)},
        low=tuple(low),
    )


def _count_rules(rules: dict[str, list[int]], needs: Urgency, result: Assessment) -> None:
    """For each rule and path the steps between the level needed and its own; one that adds steps has the result's."""
    for fired in result.rules:
        own = fired.urgency if RANK[fired.urgency] < RANK["self_care"] else result.urgency
        rules.setdefault(fired.id, []).append(RANK[needs] - RANK[own])
    if result.safe_path is not None:
        rules.setdefault(result.safe_path, []).append(RANK[needs] - RANK[result.urgency])


def _rule_figures(steps: list[int]) -> RuleFigures:
    less = sum(step > 0 for step in steps)
    more = sum(step < 0 for step in steps)
    return RuleFigures(fired=len(steps), right=len(steps) - less - more, less_needed=less, more_needed=more)


def _figures(tally: Tally) -> Figures:
    return Figures(
        n=tally.n,
        accuracy=tally.steps(0, 0),
        safe=tally.steps(0, ABOVE),
        over=tally.steps(1, ABOVE),
        under=tally.steps(BELOW, -1),
        close=tally.steps(0, 1),
        unassessed=share(tally.unassessed, tally.read),
        raised_silent=share(tally.raised_silent, tally.read),
        immediate_low=tally.immediate_low,
        recall={level: tally.recall(level) for level in LEVELS},
        confusion={needs: {got: tally.cells[needs, got] for got in LEVELS} for needs in LEVELS},
        spans=_match(tally.spans),
        negation=_match(tally.negations),
    )


def _match(hits: Hits) -> Match:
    return Match(hits.precision, hits.recall, hits.f1)


def _said(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _line(name: str, told: Figures) -> str:
    shares = ("accuracy", "safe", "over", "under", "close", "unassessed", "raised_silent")
    said = (f"{share} {_said(getattr(told, share))}" for share in shares)
    spans = (
        f"{kind} p {_said(match.precision)} r {_said(match.recall)} f1 {_said(match.f1)}"
        for kind, match in (("spans", told.spans), ("negation", told.negation))
    )
    return f"{name}: n {told.n}, {', '.join((*said, *spans))}, immediate below very_urgent {told.immediate_low}"


def _confusion(told: Figures) -> Iterable[str]:
    yield f"{'needed / given':<14}" + "".join(f"{level:>13}" for level in LEVELS) + f"{'recall':>8}"
    for needs in LEVELS:
        row = "".join(f"{told.confusion[needs][got]:>13}" for got in LEVELS)
        yield f"{needs:<14}{row}{_said(told.recall[needs]):>8}"


def _rules(rules: dict[str, RuleFigures]) -> Iterable[str]:
    for name, told in rules.items():
        yield (
            f"{name}: fired {told.fired}, right {told.right}, "
            f"less needed {told.less_needed}, more needed {told.more_needed}"
        )
