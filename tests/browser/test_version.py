"""A new build of the page under a page that is open: nothing of the old one breaks, and nothing happens unasked."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from core.settings import Settings
from tests.browser.demo import require_built_client
from tests.browser.patient import Patient
from tests.ports import held_port
from triage.content import load_content
from web.pages import STATIC, add_pages
from web.policy import page_policy
from web.shell import make_shell

CACHES = "caches.keys()"
SETTLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@asynccontextmanager
async def _serving(folder: Path, port: int = 0) -> AsyncIterator[TestServer]:
    """The pages of a build, and nothing else of the service."""
    application = web.Application()
    add_pages(application, make_shell(Settings(demo=True), load_content()), policy=page_policy(""), folder=folder)
    server = TestServer(application, port=port)
    await server.start_server()
    try:
        yield server
    finally:
        await server.close()


def _next_build(folder: Path) -> tuple[str, str]:
    """The same pages as another build: the late script has another name, as it has after any change of it."""
    (late,) = (folder / "assets").glob("VisitView-*.js")
    renamed = late.with_name("VisitView-another.js")
    late.rename(renamed)
    for packed in (*folder.glob("sw.js.*"), *late.parent.glob(f"{late.name}.*")):
        packed.unlink()  # else the server hands out the former one, packed
    worker = folder / "sw.js"
    text = worker.read_text("utf-8").replace(late.name, renamed.name)
    worker.write_text(re.sub(r'const BUILD = "\w+"', 'const BUILD = "another"', text), "utf-8")
    return f"/assets/{late.name}", f"/assets/{renamed.name}"


async def _can_fetch(page: Page, path: str) -> bool:
    found: bool = await page.evaluate("(path) => fetch(path).then((answer) => answer.ok)", path)
    return found


@pytest.fixture
def port() -> Iterator[int]:
    """Where both builds are served."""
    with held_port() as number:
        yield number


async def test_an_open_page_keeps_its_build_until_someone_asks_for_the_new_one(
    tmp_path: Path, patient: Patient, port: int
) -> None:
    require_built_client()
    folder = tmp_path / "static"
    shutil.copytree(STATIC, folder)
    page = patient.page
    async with _serving(folder, port) as first:
        await patient.open(str(first.make_url("/")))
        await page.wait_for_function(SETTLED)
        (own,) = await page.evaluate(CACHES)
    old_script, new_script = _next_build(folder)
    async with _serving(folder, port):
        await page.evaluate("navigator.serviceWorker.ready.then((kept) => kept.update())")
        use = page.get_by_role("button", name=patient.words("patient", "new_version_use"))
        await expect(use).to_be_visible()
        assert await _can_fetch(page, old_script)  # the server has it no more
        assert set(await page.evaluate(CACHES)) == {own, "fyr-shell-another"}
        async with page.expect_navigation():
            await use.click()
        await page.wait_for_selector("[data-screen=start]")
        await expect(use).to_have_count(0)
        await page.reload()
        await page.wait_for_function("caches.keys().then((names) => names.length === 1)")
        assert await page.evaluate(CACHES) == ["fyr-shell-another"]
        assert await _can_fetch(page, new_script)
    await page.reload()  # no server
    await page.wait_for_selector("[data-screen=start]")


async def test_it_can_be_installed(tmp_path: Path, patient: Patient) -> None:
    """What a browser asks of an app: a manifest it reads without complaint, and icons of the sizes it says."""
    async with _serving(STATIC) as server:
        await patient.open(str(server.make_url("/")))
        devtools = await patient.page.context.new_cdp_session(patient.page)
        manifest = await devtools.send("Page.getAppManifest")
        assert manifest["errors"] == []
        complaints = await devtools.send("Page.getInstallabilityErrors")
        told = [one["errorId"] for one in complaints["installabilityErrors"]]
        assert [one for one in told if one != "in-incognito"] == []  # a test's profile is one
        sizes = await patient.page.evaluate(
            """async () => {
              const {icons} = await (await fetch('/manifest.webmanifest')).json();
              return Promise.all(icons.filter((icon) => icon.type === 'image/png').map(async ({src, sizes}) => {
                const picture = await createImageBitmap(await (await fetch(src)).blob());
                return [sizes, `${picture.width}x${picture.height}`];
              }));
            }"""
        )
        assert sizes
        assert all(said == found for said, found in sizes)
