"""A participant in Chromium without our pages: it answers the relay's offers as they do, and tells what has come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from playwright.async_api import BrowserContext, Page, Route

from core.ids import new_id
from rtc.relay.answer import read_answer
from rtc.relay.leg import Offered, Who
from rtc.relay.room import Told
from tests.browser.browser import chromium
from tests.rtc.relay.peer import PLACE, Visit, led_through

SECURE = "https://visit.test/"
"""Answered by the test itself: browsers give no devices to a page without https."""
SMALL, LARGE = "{width: 160, height: 120, frameRate: 10}", "{width: 640, height: 480, frameRate: 20}"
"""Five send and receive twenty pictures, on two cores; who weighs on their line sends a large one."""
PAGE = """<script>
const connection = new RTCPeerConnection({bundlePolicy: "max-bundle"});
const devices = navigator.mediaDevices.getUserMedia({audio: true, video: location.hash === "#large" ? LARGE : SMALL});
connection.ontrack = ({track}) => {
  const player = document.body.appendChild(document.createElement(track.kind));
  player.srcObject = new MediaStream([track]);
  player.muted = track.kind === "video";
  player.play();
};
async function answer(sdp, only) {
  const stream = await devices;
  await connection.setRemoteDescription({type: "offer", sdp});
  for (const one of connection.getTransceivers()) {
    const {kind} = one.receiver.track;
    if (one.mid === "0" || one.mid === "1") {
      one.direction = "sendonly";
      await one.sender.replaceTrack(stream.getTracks().find((track) => track.kind === kind));
    }
    if (only && kind === "video") {
      const {codecs} = RTCRtpReceiver.getCapabilities(kind);
      one.setCodecPreferences(codecs.filter(({mimeType}) => [only, "video/rtx"].includes(mimeType)));
    }
  }
  await connection.setLocalDescription();
  return connection.localDescription.sdp;
}
async function come() {
  const report = await connection.getStats();
  return [...report.values()].filter(({type}) => type === "inbound-rtp").map((one) => ({
    mid: one.mid, kind: one.kind, frames: one.framesDecoded ?? 0, heard: one.totalAudioEnergy ?? 0,
    codec: report.get(one.codecId)?.mimeType ?? "", fmtp: report.get(one.codecId)?.sdpFmtpLine ?? "",
  }));
}
async function sent() {
  const rows = [...(await connection.getStats()).values()].filter(({type}) => type === "outbound-rtp");
  return Object.fromEntries(rows.map(({kind, bytesSent}) => [kind, bytesSent]));
}
</script>""".replace("SMALL", SMALL).replace("LARGE", LARGE)


class Came(NamedTuple):
    """What has come of one other so far."""

    frames: int
    heard: float
    """Energy: the square of the level, 0 to 1, times seconds."""
    codec: str


class Browsing:
    """One page on a relay. `only`: the one codec for pictures that it has; `through`: the port of a forwarder."""

    def __init__(self, here: Visit, name: str, page: Page, *, only: str = "", through: int = 0) -> None:
        self.name, self.session = name, new_id()
        self._relay, self._page, self._only, self._through = here.relay, page, only, through
        self._mids: dict[str, str] = {}
        self._inbox: asyncio.Queue[Offered] = asyncio.Queue()
        self._answering = asyncio.create_task(self._answer())
        here.participants[name] = self

    def who(self) -> Who:
        """As the relay knows it."""
        return Who(self.name, "relative", self.session)

    def join(self) -> None:
        """Come to the visit."""
        self._relay.join(PLACE, self.who())

    def told(self, told: Told) -> None:
        """An offer waits for its turn; what else is told nobody looks at."""
        if isinstance(told, Offered):
            self._inbox.put_nowait(told)

    async def came(self) -> dict[str, Came]:
        """Of each other."""
        found: dict[str, dict[str, Any]] = {}
        for one in await self._page.evaluate("come()"):
            found.setdefault(self._mids.get(one["mid"], "?"), {})[one["kind"]] = one
        nothing = {"frames": 0, "heard": 0.0, "codec": "", "fmtp": ""}
        return {
            name: Came(
                kinds.get("video", nothing)["frames"],
                kinds.get("audio", nothing)["heard"],
                f"{kinds.get('video', nothing)['codec']} {kinds.get('video', nothing)['fmtp']}",
            )
            for name, kinds in found.items()
        }

    async def sends(self, *, for_s: float = 2.0) -> float:
        """Bits a second of the picture that it sends now, over so long."""
        before = await self._page.evaluate("sent()")
        await asyncio.sleep(for_s)
        now = await self._page.evaluate("sent()")
        return float(now["video"] - before["video"]) * 8 / for_s

    async def close(self) -> None:
        """Hang up."""
        self._answering.cancel()
        await asyncio.gather(self._answering, return_exceptions=True)
        await self._page.close()

    async def _answer(self) -> None:
        while True:
            offered = await self._inbox.get()
            self._mids |= {mid: name for name, mids in offered.mids.items() for mid in mids}
            sdp = led_through(offered.sdp, self._through)
            answered = await self._page.evaluate("([sdp, only]) => answer(sdp, only)", [sdp, self._only])
            self._relay.answer(PLACE, self.who(), offered.number, answer=read_answer(answered))


@asynccontextmanager
async def pages() -> AsyncIterator[BrowserContext]:
    """A Chromium whose pages have fake devices, play aloud unasked, and show `PAGE` at `SECURE`."""
    async with chromium("--autoplay-policy=no-user-gesture-required") as browser:
        context = await browser.new_context(permissions=["camera", "microphone"])
        await context.route(SECURE, _page)
        yield context


async def browsing(context: BrowserContext, here: Visit, name: str, *, large: bool = False, **how: Any) -> Browsing:
    """One more page, which has not come to the visit yet."""
    page = await context.new_page()
    await page.goto(f"{SECURE}#large" if large else SECURE)
    return Browsing(here, name, page, **how)


async def _page(route: Route) -> None:
    await route.fulfill(body=PAGE, content_type="text/html")
