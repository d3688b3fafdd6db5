"""Whether pictures move and sound is heard: from `getStats` as the visit shows it, from the pixels, from the waves."""

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

LOUDEST = """async () => {
  const sounds = [...document.querySelectorAll('[data-testid=remote-sound]')].filter((one) => one.srcObject);
  const context = new AudioContext();
  await context.resume();
  const levels = sounds.map((one) => {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(one.srcObject).connect(analyser);
    return { analyser, plays: !one.paused && !one.muted, loudest: 0 };
  });
  const samples = new Float32Array(2048);
  for (let look = 0; look < 60; look += 1) {
    await new Promise((later) => setTimeout(later, 25));
    for (const one of levels) {
      one.analyser.getFloatTimeDomainData(samples);
      one.loudest = Math.max(one.loudest, ...samples.map(Math.abs));
    }
  }
  await context.close();
  return levels.map(({ plays, loudest }) => (plays ? loudest : 0));
}"""
"""For one and a half seconds: the fake microphone beeps each second."""
AUDIBLE = 0.01


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


async def is_heard(page: Page, count: int) -> None:
    """So many others are played aloud, and each is loud enough to be heard."""
    async with asyncio.timeout(20):
        while True:
            now = await page.evaluate(LOUDEST)
            if len(now) == count and all(loudest > AUDIBLE for loudest in now):
                return
