"""The waits as a picture: p50 and p95 of each level under each order, on a logarithmic scale."""

import math
from collections.abc import Mapping
from html import escape

from carequeue.deadlines import LEVELS
from carequeue.simulation.findings import Waits
from triage.entries import Level

WIDTH, ROW, LEFT, TOP = 880, 20, 150, 60
LONGEST_MIN = 30_000.0
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="12">'
COLOURS = ("#1b6ca8", "#8a8f98", "#c2571a")
TICKS = {1: "1 min", 10: "10 min", 60: "1 h", 600: "10 h", 1_440: "1 day", 10_080: "1 week"}


def svg(found: Mapping[str, Mapping[Level, Waits]], title: str) -> str:
    """A drawing that stands by itself in light and dark: its ground is its own."""
    height = TOP + len(LEVELS) * (len(found) + 1) * ROW + 30
    parts = [
        HEAD.format(WIDTH, height),
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="20" font-size="15" fill="#1a1a1a">{escape(title)}</text>',
    ]
    parts += _legend(list(found))
    for minutes, name in TICKS.items():
        x = _x(minutes)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - 24}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" fill="#444444">{name}</text>')
    for number, level in enumerate(LEVELS):
        y = TOP + number * (len(found) + 1) * ROW
        parts.append(f'<text x="10" y="{y + 26}" fill="#1a1a1a">{level}</text>')
        for place, (colour, of) in enumerate(zip(COLOURS, found.values(), strict=False)):
            if level in of:
                parts += _bar(of[level], y + place * ROW + 8, colour)
    return "\n".join([*parts, "</svg>", ""])


def _legend(names: list[str]) -> list[str]:
    return [
        f'<rect x="{LEFT + place * 240}" y="34" width="12" height="12" fill="{colour}"/>'
        f'<text x="{LEFT + 18 + place * 240}" y="45" fill="#1a1a1a">{escape(name)} (p50 dark, to p95)</text>'
        for place, (name, colour) in enumerate(zip(names, COLOURS, strict=False))
    ]


def _bar(waits: Waits, y: int, colour: str) -> list[str]:
    p50, p95 = _x(waits.p50), _x(waits.p95)
    return [
        f'<rect x="{LEFT}" y="{y}" width="{p95 - LEFT:.1f}" height="14" fill="{colour}" opacity="0.45"/>',
        f'<rect x="{LEFT}" y="{y}" width="{p50 - LEFT:.1f}" height="14" fill="{colour}"/>',
        f'<text x="{p95 + 5:.1f}" y="{y + 11}" fill="#444444">{waits.p50:,.0f} / {waits.p95:,.0f} min</text>',
    ]


def _x(minutes: float) -> float:
    return LEFT + (WIDTH - LEFT - 110) * math.log10(max(minutes, 0.0) + 1) / math.log10(LONGEST_MIN)
