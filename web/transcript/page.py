"""The transcript as one HTML page for the press: every text escaped, every language named, no address anywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby

from core.transcript.line import Lang
from core.transcript.transcript import Told
from web.transcript import words
from web.transcript.words import day_words, moment_words, who_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of the paper."""

    lang: Lang
    unit: str
    about: str
    """Whom it is about, as the reader may know them; empty when it is not known."""
    opened_at: datetime
    closed_at: datetime | None
    printed_at: datetime
    printed_by: str
    notes: bool
    """True when it holds what is between colleagues."""


STYLE = """
@page { size: A4; margin: 20mm 18mm 22mm;
  @bottom-left { content: "Fyr"; font: 8.5pt Figtree, sans-serif; color: #47525d; }
  @bottom-right { font: 8.5pt Figtree, sans-serif; color: #47525d;
    content: "PAGE " counter(page) " / " counter(pages); }
}
html { font: 10.5pt/1.45 Figtree, sans-serif; color: #16202a; }
h1 { font-size: 20pt; font-weight: 600; margin: 0 0 4mm; bookmark-level: 1; }
h2 { font-size: 12pt; font-weight: 600; margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: 0.4pt solid #8a97a3;
  break-after: avoid; bookmark-level: 2; }
h3 { font-size: 9pt; font-weight: 500; margin: 0; color: #47525d; bookmark-level: none; break-after: avoid; }
table { border-collapse: collapse; margin: 0 0 3mm; }
th { text-align: left; font-weight: 500; color: #47525d; padding: 0.5mm 6mm 0.5mm 0; vertical-align: top; }
td { padding: 0.5mm 0; }
.zone { color: #47525d; font-size: 9pt; margin: 0; }
.warning { border: 0.8pt solid #a8101b; padding: 2mm 3mm; font-weight: 600; }
section.line { margin: 0 0 3.2mm; break-inside: avoid-page; }
section.line p { margin: 0.3mm 0 0; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.said .text { border-left: 1.4pt solid #155e75; padding-left: 3mm; }
.event .text { color: #34404c; }
.private .text { border-left: 1.4pt dashed #a8101b; padding-left: 3mm; }
.question { font-style: italic; padding-left: 3mm; }
.more { font-size: 9pt; color: #47525d; padding-left: 3mm; }
"""


def transcript_page(heading: Heading, told: Sequence[Told]) -> str:
    """The whole page."""
    lang = heading.lang
    style = STYLE.replace("PAGE", words.PAGE(lang))
    title = escape(words.TITLE(lang))
    parts = [
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{style}</style></head><body><h1>{title}</h1>",
        _head(heading),
        *_days(heading, told),
        "</body></html>",
    ]
    return "".join(parts)


def _head(heading: Heading) -> str:
    lang = heading.lang
    closed = moment_words(heading.closed_at, lang) if heading.closed_at else words.STILL_OPEN(lang)
    printed = words.BY(lang, at=moment_words(heading.printed_at, lang), name=heading.printed_by)
    rows = (
        (words.ABOUT, heading.about),
        (words.UNIT, heading.unit),
        (words.OPENED, moment_words(heading.opened_at, lang)),
        (words.CLOSED, closed),
        (words.PRINTED, printed),
    )
    table = "".join(
        f'<tr><th scope="row">{escape(name(lang))}</th><td>{escape(value)}</td></tr>' for name, value in rows if value
    )
    warning = f'<p class="warning">{escape(words.WITH_NOTES(lang))}</p>' if heading.notes else ""
    zone = escape(words.ZONE(lang, zone=str(heading.opened_at.tzinfo)))
    return f'<table>{table}</table>{warning}<p class="zone">{zone}</p>'


def _days(heading: Heading, told: Sequence[Told]) -> Iterator[str]:
    for day, lines in groupby(told, key=lambda one: one.at.date()):
        yield f"<h2>{escape(day_words(day, heading.lang))}</h2>"
        yield from (_line(one, heading.lang) for one in lines)


def _line(one: Told, lang: Lang) -> str:
    line = one.line
    look = "private" if line.private else "said" if line.said else "event"
    who = f"{one.no} · {one.at:%H:%M} · {who_words(one.author, lang)}"
    spoken = f' lang="{escape(line.lang, quote=True)}"' if line.lang and line.lang != lang else ""
    more = [
        words.PRIVATE(lang) if line.private else "",
        words.FILES(lang, names=", ".join(line.attachments)) if line.attachments else "",
        words.REFERS(lang, no=line.refers_to) if line.refers_to is not None else "",
    ]
    question = f'<p class="question">{escape(line.question)}</p>' if line.question else ""
    below = "".join(f'<p class="more">{escape(text)}</p>' for text in more if text)
    text = f'<p class="text"{spoken}>{escape(line.text)}</p>' if line.text else ""
    return f'<section class="line {look}"><h3>{escape(who)}</h3>{question}{text}{below}</section>'
