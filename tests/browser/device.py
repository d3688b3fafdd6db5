"""What lies on a person's device: everything a browser keeps for our page, read as someone who took the phone would."""

import asyncio

from playwright.async_api import Page

from tests.browser.browser import PATIENCE_MS

EVERYTHING = """async () => {
  const told = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), location.href, document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) told.push(request.url, await (await cache.match(request)).text());
  }
  const bytes = (value) => [new TextDecoder().decode(value), new TextDecoder('utf-16').decode(value)];
  const words = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytes(value);
    if (value instanceof CryptoKey) return ['a key that may be used without signing in'];
    if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => [key, ...words(one)]);
    return [String(value)];
  };
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
    });
    for (const store of db.objectStoreNames) {
      const all = await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      told.push(`${name}/${store}: ${all.length}`, ...words(all));
    }
    db.close();
  }
  return told;
}"""


async def everything_on(page: Page) -> list[str]:
    """Every text in every store of the browser: storage, caches, databases (bytes as UTF-8 and as UTF-16)."""
    found: list[str] = await page.evaluate(EVERYTHING)
    return found


async def kept_texts(page: Page) -> int:
    """How many texts on their way lie on the device."""
    return await _kept(page, "waiting")


async def texts_are_kept(page: Page, count: int) -> None:
    """Wait until so many texts on their way lie on the device: before that a page warns whoever leaves it."""
    await _until_kept(page, "waiting", count)


async def a_draft_is_kept(page: Page) -> None:
    """Wait until what was typed lies on the device."""
    await _until_kept(page, "drafts", 1)


async def no_draft_is_kept(page: Page) -> None:
    """Wait until nothing that was typed lies on the device."""
    await _until_kept(page, "drafts", 0)


async def _until_kept(page: Page, store: str, count: int) -> None:
    async with asyncio.timeout(PATIENCE_MS / 1_000):
        while await _kept(page, store) != count:
            await asyncio.sleep(0.05)


async def _kept(page: Page, store: str) -> int:
    counts = [one for one in await everything_on(page) if one.startswith(f"fyr-outbox/{store}: ")]
    return int(counts[0].rpartition(" ")[2]) if counts else 0
