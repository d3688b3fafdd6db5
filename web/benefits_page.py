"""A unit's figures as one HTML page for the press: a table each, every text escaped, no address anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from care.benefits.baseline import Before
from care.benefits.comparing import Compared
from care.benefits.figure import Figure
from care.benefits.kpis import KPIS, Kpi, Name
from care.benefits.sheet import Column, compared
from care.benefits.words import TITLES, TOLD
from carequeue.deadlines import LEVELS
from carequeue.fairness.sheet import FEWEST
from core.clock import from_ms
from core.transcript.line import Lang, Sentence
from triage.entries import Level
from triage.transcript import LEVEL
from web.transcript import words
from web.transcript.page import STYLE
from web.transcript.words import day_words, moment_words

TITLE = Sentence(
    "Vad den digitala vården har lett till", "Hva den digitale hjelpen har ført til", "What digital care has led to"
)
STRETCH = Sentence("Tid", "Tid", "Time")
EVERYBODY = Sentence("Alla", "Alle", "All")
OF = Sentence("{value} ({count} av {among})", "{value} ({count} av {among})", "{value} ({count} of {among})")
AMONG = Sentence("{value} ({among})", "{value} ({among})", "{value} ({among})")
UNTIL = Sentence("{first} till och med {last}", "{first} til og med {last}", "{first} up to and including {last}")
FEW = Sentence("visas inte", "vises ikke", "not shown")
WHY_FEW = Sentence(
    "Grupper med färre än {n} visas inte, inte heller andra som skulle röja dem.",
    "Grupper med færre enn {n} vises ikke, heller ikke andre som ville avsløre dem.",
    "Groups of fewer than {n} are not shown, nor others that would give them away.",
)
NOBODY = Sentence(
    "Ingen har kommit till enheten än.", "Ingen har kommet til enheten ennå.", "Nobody has come to the unit yet."
)
STATES = {
    "off": Sentence("av", "av", "off"),
    "invited": Sentence("för inbjudna", "for inviterte", "for those invited"),
    "on": Sentence("på", "på", "on"),
}
BEFORE = Sentence(
    "Utgångsläge: {value} ({source}, {months}; angivet av {name} {day}).",
    "Utgangspunkt: {value} ({source}, {months}; oppgitt av {name} {day}).",
    "Baseline: {value} ({source}, {months}; set by {name}, {day}).",
)
COMPARED: dict[Compared, Sentence] = {
    "better": Sentence("bättre", "bedre", "better"),
    "worse": Sentence("sämre", "dårligere", "worse"),
    "more": Sentence("mer", "mer", "more"),
    "less": Sentence("mindre", "mindre", "less"),
    "unclear": Sentence("ingen säker skillnad", "ingen sikker forskjell", "no clear difference"),
    "too_few": Sentence("för få för att säga", "for få til å si", "too few to say"),
}
MORE = "td, th { padding: 0.5mm 4mm 0.5mm 0; } .figure { break-inside: avoid-page; }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands at the head of the paper, and how it is written."""

    lang: Lang
    unit: str
    printed_at: datetime
    printed_by: str
    zone: ZoneInfo
    held: Mapping[Name, Before]
    """What is held of figures from before."""


def benefits_page(paper: Paper, columns: Sequence[Column]) -> str:
    """The whole page."""
    lang = paper.lang
    title = escape(TITLE(lang))
    style = STYLE.replace("PAGE", words.PAGE(lang)) + MORE
    return "".join(
        (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>',
            f"<style>{style}</style></head><body><h1>{title}</h1>",
            _head(paper),
            *([_figure(kpi, paper, columns) for kpi in KPIS] if columns else [f"<p>{escape(NOBODY(lang))}</p>"]),
            "</body></html>",
        )
    )


def _head(paper: Paper) -> str:
    lang = paper.lang
    printed = words.BY(lang, at=moment_words(paper.printed_at, lang), name=paper.printed_by)
    rows = ((words.UNIT, paper.unit), (words.PRINTED, printed))
    table = "".join(f'<tr><th scope="row">{escape(name(lang))}</th><td>{escape(text)}</td></tr>' for name, text in rows)
    return f'<table>{table}</table><p class="zone">{escape(WHY_FEW(lang, n=FEWEST))}</p>'


def _figure(kpi: Kpi, paper: Paper, columns: Sequence[Column]) -> str:
    lang = paper.lang
    levels = _levels(kpi, columns)
    named = (STRETCH(lang), *(EVERYBODY(lang) if level == "all" else LEVEL[level](lang) for level in levels))
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in named)
    rows = "".join(_row(kpi, column, levels, paper=paper) for column in columns)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    head = f"<h2>{escape(TITLES[kpi.name](lang))}</h2><p>{escape(TOLD[kpi.name](lang))}</p>"
    return f'<section class="figure">{head}{table}{_before(kpi, paper)}</section>'


def _before(kpi: Kpi, paper: Paper) -> str:
    """How it was, and where that comes from."""
    one = paper.held.get(kpi.name)
    if one is None:
        return ""
    value = _share(one.value) if kpi.time is None else f"{_decimal(one.value, paper.lang)} min"
    months = one.from_month if one.from_month == one.until_month else f"{one.from_month} – {one.until_month}"
    day = day_words(from_ms(one.set_ms).astimezone(paper.zone).date(), paper.lang)
    told = BEFORE(paper.lang, value=value, source=one.source, months=months, name=one.name, day=day)
    return f'<p class="zone">{escape(told)}</p>'


def _levels(kpi: Kpi, columns: Sequence[Column]) -> list[Level | Literal["all"]]:
    """All together, then the levels that any stretch has, from the most urgent."""
    some = {one.level for column in columns for one in column.figures if one.name == kpi.name}
    return ["all", *(level for level in LEVELS if level in some)]


def _row(kpi: Kpi, column: Column, levels: Sequence[Level | Literal["all"]], *, paper: Paper) -> str:
    own = {one.level: one for one in column.figures if one.name == kpi.name}
    texts = [_cell(own[level], paper) if level in own else "–" for level in levels]
    cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
    return f'<tr><th scope="row">{escape("".join(_stretch(column, paper)))}</th>{cells}</tr>'


def _stretch(column: Column, paper: Paper) -> Iterator[str]:
    """From which day to which, and what the function was then."""
    stretch, lang = column.stretch, paper.lang
    first = from_ms(stretch.span.from_ms).astimezone(paper.zone).date()
    last = from_ms(stretch.span.until_ms - 1).astimezone(paper.zone).date()
    yield UNTIL(lang, first=day_words(first, lang), last=day_words(last, lang))
    if stretch.state:
        yield f", {STATES[stretch.state](lang)}"


def _cell(one: Figure, paper: Paper) -> str:
    against = compared(one, paper.held)
    return _value(one, paper.lang) + (f", {COMPARED[against.compared](paper.lang)}" if against else "")


def _value(one: Figure, lang: Lang) -> str:
    if one.few:
        return FEW(lang)
    if one.value is None:
        return "–"
    if one.measure == "share":
        return OF(lang, value=_share(one.value), count=one.numerator, among=one.denominator)
    if one.measure == "minutes":
        return AMONG(lang, value=f"{_decimal(one.value, lang)} min", among=one.denominator)
    return f"{one.value:.0f}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _decimal(value: float, lang: Lang) -> str:
    return f"{value:.1f}" if lang == "en" else f"{value:.1f}".replace(".", ",")
