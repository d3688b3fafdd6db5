"""`make workplace`: ten standard cases, the reaction to each key, a board of five hundred: docs/workplace.md."""

import asyncio
import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, chromium, person
from tests.browser.cases import CASES, CHEST, Case, prepare, wait_at
from tests.browser.crowd import Frames, crowd, drawn, scrolled
from tests.browser.demo import ROOT, running_demo
from tests.browser.keyed import KeyedNurse
from tests.browser.reaction import reaction_ms
from tests.browser.words import Words
from tests.web.client import signed_in
from tests.web.unlimited import unlimited
from web.app import NODE, run_node

WAITING = 500
PAGE = ROOT / "docs/workplace.md"
TIMES = 5
REACTIONS = (
    ("j", "next row", ".staff-row:focus"),
    ("w", "why is this one next?", "dialog[open] [data-testid=why]"),
    ("?", "the key card", "dialog[open] .staff-keys"),
    ("Enter", "the contact opens", ".staff-conversation .staff-pane-head"),
    ("u", "set the level", "dialog[open] .staff-levels"),
    ("c", "close", "dialog[open] [name=reason]"),
    ("d", "what to do if it gets worse", "dialog[open] textarea"),
    ("1", "the emergency call", "dialog[open] .advice-steps"),
    ("h", "hand over", "dialog[open] textarea"),
    ("m", "the draft of a note", ".note-draft"),
    ("r", "the reply", "#staff-reply:focus"),
)
OF_HOLDER = frozenset("ucd1hmr")


async def worked(browser: Browser, case: Case) -> tuple[int, int, float]:
    """Keys, letters of texts, and seconds of one case."""
    with tempfile.TemporaryDirectory() as folder, running_demo("se", Path(folder)) as demo:
        async with person(browser, "sv", size=DESKTOP) as desk, signed_in(demo.url, "patient:astrid") as patient:
            nurse = KeyedNurse(desk, Words("sv"))
            contact_id = await prepare(case, patient)
            await nurse.sign_in(demo.url, "Sara Lind")
            await expect(nurse.rows("waiting").first).to_be_visible()
            begun = perf_counter()
            await case.work(nurse, patient, contact_id)
            return nurse.keys, nurse.letters, perf_counter() - begun


async def reactions(browser: Browser) -> list[tuple[str, str, float, float]]:
    """Each key, what it shows, and how long that took: median and longest of some tries."""
    with tempfile.TemporaryDirectory() as folder, running_demo("se", Path(folder)) as demo:
        async with person(browser, "sv", size=DESKTOP) as desk, signed_in(demo.url, "patient:astrid") as patient:
            await wait_at(patient, CHEST)
            nurse = KeyedNurse(desk, Words("sv"))
            await nurse.sign_in(demo.url, "Sara Lind")
            await expect(nurse.rows("waiting").first).to_be_visible()
            told = []
            for key, what, wanted in REACTIONS:
                if key in OF_HOLDER and await nurse.page.locator("#staff-reply").count() == 0:
                    await nurse.take_next()
                took = [await _again(nurse, key, wanted) for _ in range(1 if key in ("j", "Enter") else TIMES)]
                told.append((key, what, statistics.median(took), max(took)))
            return told


async def _again(nurse: KeyedNurse, key: str, wanted: str) -> float:
    took = await reaction_ms(nurse.page, key, wanted)
    if key == "m":
        await nurse.tab_to(".note-draft .staff-dialog-foot button:last-child", most=60)
        await nurse.press("Enter")
    elif key not in ("j", "Enter"):
        await nurse.press("Escape")
        await expect(nurse.page.get_by_role("dialog")).to_have_count(0)
    return took


async def crowded(browser: Browser) -> tuple[int, Frames, Frames]:
    """How many of the rows are drawn, and how the list moves by wheel and by the key."""
    with tempfile.TemporaryDirectory() as folder:
        async with run_node(unlimited(Path(folder))) as application, person(browser, "sv", size=DESKTOP) as desk:
            server = TestServer(application)
            await server.start_server()
            await crowd(application[NODE], WAITING)
            nurse = KeyedNurse(desk, Words("sv"))
            await nurse.sign_in(str(server.make_url("")).rstrip("/"), "Sara Lind")
            await nurse.press(".")
            await expect(nurse.rows("waiting")).to_have_count(WAITING)
            seen = await drawn(nurse.page)
            down = await scrolled(nurse.page, steps=240, px=100)
            up = await scrolled(nurse.page, steps=240, px=-100)
            await server.close()
            return seen["drawn"], down, up


async def tell_cases(browser: Browser) -> str:
    """Works the ten cases and tells of them."""
    cases = [(case, *await worked(browser, case)) for case in CASES]
    _write(
        "cases",
        _measured(browser),
        "| case | keys | letters of texts | seconds |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {case.what} | {pressed} | {letters} | {took:.1f} |" for case, pressed, letters, took in cases),
        "",
        "Seconds are those of a machine that types without thinking: what is left is ours.",
    )
    return f"cases={len(cases)} keys={sum(one[1] for one in cases)}"


async def tell_reactions(browser: Browser) -> str:
    """Measures each key, and the board of five hundred."""
    keys = await reactions(browser)
    seen, down, up = await crowded(browser)
    _write(
        "reactions",
        _measured(browser),
        "| key | shows | median ms | longest ms |",
        "| --- | --- | ---: | ---: |",
        *(f"| `{key}` | {what} | {median:.0f} | {longest:.0f} |" for key, what, median, longest in keys),
        "",
        f"{WAITING} waiting, of which {seen} rows are drawn:",
        "",
        "| scrolling | frames | median ms | p95 ms | longest ms | over 50 ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {name} | {one.frames} | {one.median_ms} | {one.p95_ms} | {one.longest_ms} | {one.over_50} |"
            for name, one in (("down, 100 px a frame", down), ("up, 100 px a frame", up))
        ),
    )
    longest, jerks = max(took for *_, took in keys), down.over_50 + up.over_50
    p95 = max(down.p95_ms, up.p95_ms)
    return f"longest_reaction_ms={longest:.0f} frame_p95_ms={p95} frames_over_50={jerks} drawn={seen}"


def _measured(browser: Browser) -> str:
    where = f"Chromium {browser.version} on {os.cpu_count()} cores, server and browser on the same machine"
    return f"Measured {datetime.now(UTC):%Y-%m-%d} with {where}.\n"


def _write(part: str, *lines: str) -> None:
    """Put the lines in their place on the page."""
    begins, ends = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    text = PAGE.read_text("utf-8")
    before, after = text[: text.index(begins) + len(begins)], text[text.index(ends) :]
    PAGE.write_text("\n".join((before, *lines, after)), "utf-8")


PARTS = {"cases": tell_cases, "reactions": tell_reactions}


async def main(names: list[str]) -> None:
    """Work, measure, write: the named parts, or both."""
    async with chromium() as browser:
        print("RESULT", *[await PARTS[name](browser) for name in names or PARTS])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
