"""Whether pictures move and sound arrives: from `getStats` as the visit shows it, and from the pixels themselves."""

import asyncio
from dataclasses import dataclass

from playwright.async_api import Page

PIXELS = """() => {
  const video = document.querySelector('[data-testid=remote-video]');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 48];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 64, 48);
  return [...context.getImageData(0, 0, 64, 48).data];
}"""


@dataclass(frozen=True)
class Received:
    """What has come from the other side so far."""

    frames: int
    sound_packets: int
    pixels: tuple[int, ...]


async def received(page: Page) -> Received:
    """One reading."""
    frames = await page.locator("[data-stat=frames-received]").text_content()
    sound = await page.locator("[data-stat=sound-received]").text_content()
    return Received(int(frames or 0), int(sound or 0), tuple(await page.evaluate(PIXELS)))


async def flows(page: Page, *, patience_s: float = 20.0) -> tuple[Received, Received]:
    """Two readings between which frames and sound have come and the picture has changed; else a TimeoutError."""
    await page.locator("[data-testid=remote-video]").wait_for()
    first = await received(page)
    async with asyncio.timeout(patience_s):
        while True:
            now = await received(page)
            grown = now.frames > first.frames + 5 and now.sound_packets > first.sound_packets + 10
            if grown and now.pixels != first.pixels:
                return first, now
            await asyncio.sleep(0.1)
