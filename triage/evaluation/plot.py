"""The plot of an evaluation: the confusion table as a picture (SVG), readable without colour and by a screen reader."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from triage.evaluation.report import Figures, Report
from triage.urgency import LEVELS, RANK, Urgency

CELL = 84
LEFT, TOP = 132, 96
WIDTH, HEIGHT = LEFT + CELL * len(LEVELS) + 24, TOP + CELL * len(LEVELS) + 64
RIGHT, UNDER, OVER = "#1b6e53", "#a3261f", "#8a6d1a"
"""Right green, below red, above ochre; what a colour says the place in the table says too."""


def plotted(report: Report) -> str:
    """The picture, as one SVG document."""
    told = report.all
    title = f"{told.n} cases, content {report.content_version}"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(title)}" font-family="sans-serif" font-size="13">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="16" y="26" font-size="16">{escape(title)}</text>',
            f'<text x="16" y="48">{escape(report.result())}</text>',
            *_heads(),
            *(cell for needs in LEVELS for cell in _row(told, needs)),
            f'<text x="16" y="{HEIGHT - 20}">Rows: the level needed. Columns: the level given. '
            "Right of the diagonal is too low, left of it too high. Shade: share of the row.</text>",
            "</svg>",
        )
    )


def _heads() -> Iterator[str]:
    for place, level in enumerate(LEVELS):
        along = place * CELL + CELL / 2
        yield f'<text x="{LEFT + along}" y="{TOP - 12}" text-anchor="middle">{level}</text>'
        yield f'<text x="{LEFT - 12}" y="{TOP + along + 4}" text-anchor="end">{level}</text>'


def _row(told: Figures, needs: Urgency) -> Iterator[str]:
    counts = told.confusion[needs]
    whole = sum(counts.values())
    for got, count in counts.items():
        x, y = LEFT + (RANK[got] - 1) * CELL, TOP + (RANK[needs] - 1) * CELL
        shade = count / whole if whole else 0
        colour = RIGHT if got == needs else UNDER if RANK[got] > RANK[needs] else OVER
        yield (
            f'<rect x="{x + 1}" y="{y + 1}" width="{CELL - 2}" height="{CELL - 2}" fill="{colour}" '
            f'fill-opacity="{shade:.2f}" stroke="#c4c8cc"/>'
        )
        ink = "#ffffff" if shade > 0.6 else "#1a1d20"
        if count:
            yield f'<text x="{x + CELL / 2}" y="{y + CELL / 2}" text-anchor="middle" fill="{ink}">{count}</text>'
            percent = f"{shade:.0%}"
            yield (
                f'<text x="{x + CELL / 2}" y="{y + CELL / 2 + 18}" text-anchor="middle" font-size="11" '
                f'fill="{ink}">{percent}</text>'
            )
