"""Drawn faces for the fake cameras, so that pictures of a visit show someone: no photograph of anybody is used."""

from pathlib import Path
from typing import Literal

import av
from playwright.async_api import Browser

Who = Literal["patient", "nurse"]
WIDTH, HEIGHT, RATE = 1280, 720, 20
COLOURS: dict[Who, dict[str, str]] = {
    "patient": {"wall": "#d9c7ae", "light": "#f3e5cf", "hair": "#b9b2aa", "skin": "#e6b898", "coat": "#7a4b52"},
    "nurse": {"wall": "#9fb8bf", "light": "#cfe0e3", "hair": "#4a3128", "skin": "#d9a07a", "coat": "#1f5f73"},
}
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" width="1280" height="720">
<rect width="1280" height="720" fill="{wall}"/><rect x="820" y="60" width="300" height="380" rx="12" fill="{light}"/>
<path d="M970 60v380M820 250h300" stroke="{wall}" stroke-width="12"/>
<path d="M330 720c10-170 130-240 310-240s300 70 310 240Z" fill="{coat}"/>
<path d="M575 430h130v90c0 50-130 50-130 0Z" fill="{skin}"/>
<path d="M450 330c-20-200 90-270 190-270s210 70 190 270c-6 90-20 130-40 150H490c-20-20-34-60-40-150Z" fill="{hair}"/>
<ellipse cx="640" cy="310" rx="132" ry="165" fill="{skin}"/>
<path d="M500 270c30-90 90-120 150-120s110 40 130 120c-60-30-90-60-110-90-40 50-100 80-170 90Z" fill="{hair}"/>
<circle cx="585" cy="305" r="12" fill="#332722"/><circle cx="695" cy="305" r="12" fill="#332722"/>
<path d="M595 392q45 34 90 0" fill="none" stroke="#8a4a3c" stroke-width="9" stroke-linecap="round"/></svg>"""


async def film(browser: Browser, who: Who, folder: Path) -> Path:
    """One second of a drawn face as a file that Chromium takes for a camera."""
    still, moving = folder / f"{who}.png", folder / f"{who}.y4m"
    page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    await page.set_content(f"<style>body{{margin:0}}</style>{DRAWING.format(**COLOURS[who])}")
    await page.screenshot(path=still)
    await page.close()
    _repeat(still, moving)
    return moving


def _repeat(still: Path, moving: Path) -> None:
    with av.open(str(still)) as source, av.open(str(moving), "w", format="yuv4mpegpipe") as target:
        picture = next(source.decode(video=0)).reformat(WIDTH, HEIGHT, "yuv420p")
        stream = target.add_stream("wrapped_avframe", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(RATE):
            picture.pts = number
            target.mux(stream.encode(picture))
        target.mux(stream.encode(None))
