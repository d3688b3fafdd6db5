"""Chromium with a fake camera and microphone, and pages that fail a test when they throw."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.demo import ROOT
from tests.browser.words import Language

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
LOCALES: dict[Language, str] = {"sv": "sv-SE", "nb": "nb-NO", "en": "en-GB"}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
PATIENCE_MS = 15_000
AT_REST = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().activeDuration !== Infinity)
  .map((one) => one.finished.catch(() => null)))"""
"""Until whatever moves has come to rest: half-faded words have no contrast to judge."""
VIOLATED = "policy violated: "
TELL_VIOLATIONS = f"""addEventListener("securitypolicyviolation", (told) =>
  console.error("{VIOLATED}" + told.effectiveDirective + " " + told.blockedURI + " " + told.sample))"""
"""Whatever the browser refuses under the page's content security policy."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str:
    """The browser of `FYR_CHROMIUM`, else one on PATH. Refuses with one sentence when there is none."""
    named = os.environ.get("FYR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named is None:
        raise RuntimeError("no Chromium: `apt install chromium`, or name one with FYR_CHROMIUM")
    return named


@asynccontextmanager
async def chromium(*more: str) -> AsyncIterator[Browser]:
    """A headless Chromium, with more arguments where one asks for them."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            await browser.close()


class Person:
    """One person at one browser of their own, with everything that went wrong in it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.text.startswith(VIOLATED) else None)

    async def violations(self) -> list[str]:
        """What axe-core finds on the screen as it is (WCAG 2 A and AA, best practice)."""
        if not await self.page.evaluate("'axe' in window"):
            axe = ROOT / "web/client/node_modules/axe-core/axe.min.js"
            await self.page.evaluate(axe.read_text("utf-8"))
        await self.page.evaluate(AT_REST)
        found: list[dict[str, Any]] = await self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
        )
        return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@asynccontextmanager
async def person(
    browser: Browser, language: Language, *, size: dict[str, int], devices: bool = True
) -> AsyncIterator[Person]:
    """Someone with a fresh browser profile; fails when a script of ours threw, or broke the page's policy."""
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=LOCALES[language],
        permissions=["camera", "microphone"] if devices else [],
    )
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(TELL_VIOLATIONS)
    try:
        somebody = Person(context, await context.new_page())
        yield somebody
        assert somebody.faults == []
    finally:
        await context.close()
