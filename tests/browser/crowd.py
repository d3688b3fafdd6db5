"""Many who wait, put into the record of a server of this process; and what a browser makes of them."""

from typing import Any, NamedTuple

from playwright.async_api import Page

from carequeue.entries import Queued
from chat.entries import Opened
from core.actor import Actor
from core.ids import new_id
from web.node import Node

UNIT, PROVIDER = "hamnen", "region-fyr"
TEXTS = (
    "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta",
    "Det kliar och svider när jag kissar sedan i går, ingen feber",
    "Jag har haft lite utslag på armen i en vecka",
    "Jag har haft ont i ryggen sedan jag lyfte en låda",
)
SCROLLED = """async ({ steps, px }) => {
  const box = document.querySelector(".staff-rows");
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  for (let step = 0; step < steps; step++) {
    box.scrollTop += px;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""
"""Scrolls as a wheel would, a notch a frame, and gives how long each frame took, in milliseconds."""

DRAWN = """() => {
  const rows = [...document.querySelectorAll("[data-testid=rows-waiting] .staff-row")];
  const drawn = rows.filter((row) => row.checkVisibility({ contentVisibilityAuto: true }));
  return { rows: rows.length, drawn: drawn.length };
}"""


class Frames(NamedTuple):
    """How smoothly something went, in milliseconds a frame."""

    frames: int
    median_ms: float
    p95_ms: float
    longest_ms: float
    over_50: int
    """Frames that took longer than 50 ms: what a person feels as a jerk (RAIL, web.dev)."""


async def crowd(node: Node, count: int) -> None:
    """So many contacts wait at the unit, as patients would have opened them."""
    for number in range(count):
        person = f"crowd{number}"
        await node.chat.open(
            Actor(id=f"patient:{person}", kind="patient", name="", person_id=person),
            Opened(subject="self", lang="sv", age_y=20 + number % 60, sex="f" if number % 2 else "m"),
            text=TEXTS[number % len(TEXTS)],
            client_id=new_id(),
            queued=Queued(unit_id=UNIT),
            provider_id=PROVIDER,
        )


async def scrolled(page: Page, *, steps: int, px: int) -> Frames:
    """Scroll the queue from where it stands."""
    frames: list[float] = await page.evaluate(SCROLLED, {"steps": steps, "px": px})
    return measured(frames)


def measured(frames: list[float]) -> Frames:
    """The figures of a row of frames."""
    ordered = sorted(frames)
    return Frames(
        frames=len(ordered),
        median_ms=round(ordered[len(ordered) // 2], 1),
        p95_ms=round(ordered[int(len(ordered) * 0.95)], 1),
        longest_ms=round(ordered[-1], 1),
        over_50=sum(frame > 50 for frame in ordered),
    )


async def drawn(page: Page) -> dict[str, Any]:
    """How many rows are in the page, and how many of them the browser has laid out."""
    found: dict[str, Any] = await page.evaluate(DRAWN)
    return found
