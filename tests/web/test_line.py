"""The line under python-socketio's face: every transport, odd packets, pings, slow clients, and the end of each."""

import asyncio
import json
import os
import shutil
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio
from aiohttp import WSMsgType

from tests.web.client import WAIT_S, Somebody, client_id
from tests.web.test_story import opened
from web.line import line as line_module
from web.line.frames import binary_frame, text_frame
from web.line.pulse import SLOTS, Pulse
from web.node import Node

NODE_MODULES = Path(__file__).parents[2] / "web" / "client" / "node_modules"
POLLING = [["polling"], ["polling", "websocket"], ["websocket"]]


@asynccontextmanager
async def spoken(astrid: Somebody, *, query: str = "") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A bare websocket of the same session, past the handshakes of Engine.IO and Socket.IO."""
    address = f"{astrid.url}/socket.io/?EIO=4&transport=websocket{query}"
    async with astrid.http.ws_connect(address, compress=15) as ws:
        assert ws.compress == 0  # refused: it costs 120 KiB a client
        assert (await ws.receive_str()).startswith("0{")
        await ws.send_str("40")
        assert (await ws.receive_str()).startswith("40{")
        yield ws


@pytest.mark.parametrize("transports", POLLING, ids="+".join)
async def test_a_standard_client_talks_on_every_transport(
    url: str, sara: Somebody, astrid: Somebody, transports: list[str]
) -> None:
    io = socketio.AsyncClient(reconnection=False)
    heard: asyncio.Queue[Any] = asyncio.Queue()
    io.on("entry", heard.put)
    await io.connect(url, headers={"Cookie": astrid.cookie}, transports=transports, wait_timeout=WAIT_S)
    body = {"client_id": client_id(), "subject": "self", "lang": "sv", "text": "Jag har ont i halsen"}
    contact_id = (await io.call("contact:open", body, timeout=WAIT_S))["ok"]["contact_id"]
    assert io.transport() == transports[-1]
    await io.call("contact:follow", {"contact_id": contact_id}, timeout=WAIT_S)
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    await sara.call("message:post", client_id=client_id(), contact_id=contact_id, claim_no=1, text="Hej")
    async with asyncio.timeout(WAIT_S):
        while (await heard.get())["entries"][0]["body"].get("text") != "Hej":
            pass
    await io.disconnect()


@pytest.mark.parametrize("transports", POLLING, ids="+".join)
async def test_the_client_of_another_language_talks_too(
    url: str, astrid: Somebody, tmp_path: Path, transports: list[str]
) -> None:
    """socket.io-client of npm, as the pages have it."""
    node = shutil.which("node")
    assert node is not None, "the client is built with Node"
    program = tmp_path / "talk.cjs"
    program.write_text(TALK)
    environ = {**os.environ, "NODE_PATH": str(NODE_MODULES)}
    told = json.dumps({"url": url, "cookie": astrid.cookie, "transports": transports})
    process = await asyncio.create_subprocess_exec(
        node, str(program), told, env=environ, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(20):
        out, _ = await process.communicate()
    assert json.loads(out) == {"transport": transports[-1], "opened": True, "refused": "not_found"}


TALK = """
const { io } = require("socket.io-client");
const { url, cookie, transports } = JSON.parse(process.argv[2]);
const socket = io(url, { transports, extraHeaders: { Cookie: cookie }, reconnection: false });
socket.on("connect_error", (error) => { console.error(error.message); process.exit(1); });
socket.on("connect", async () => {
  const engine = socket.io.engine;
  while (engine.transport.name !== transports.at(-1)) await new Promise((done) => setTimeout(done, 10));
  const body = { client_id: "c1", subject: "self", lang: "sv", text: "Jag har ont" };
  const opened = await socket.emitWithAck("contact:open", body);
  const refused = await socket.emitWithAck("contact:follow", { contact_id: "f".repeat(32) });
  const transport = engine.transport.name;
  console.log(JSON.stringify({ transport, opened: !!opened.ok.contact_id, refused: refused.error.code }));
  socket.disconnect();
});
"""


async def test_who_is_not_signed_in_is_not_let_in(url: str) -> None:
    io = socketio.AsyncClient(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await io.connect(url, transports=["websocket"])


async def test_before_being_let_in_no_call_is_carried_out(url: str) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as ws,
    ):
        await ws.receive_str()
        await ws.send_str('421["contact:open",{}]')
        await ws.send_str("40")
        assert (await ws.receive_str()).startswith("44")


@pytest.mark.parametrize(
    "packet",
    ["", "9", "4", "4x", "42", '42["', '421["contact:open",{}', '421["contact:open",}]', '421["contact:open"', "451-[]",
     '451-["a",{"_placeholder":true,"num":0}]', "43[]", "44", '42/other,1["contact:open",{}]', "2", "\udcff", "6", "x"],
)  # fmt: skip
async def test_an_odd_packet_harms_nobody(astrid: Somebody, packet: str) -> None:
    contact_id = await opened(astrid)
    async with spoken(astrid) as ws:
        await ws.send_str(packet.encode("utf-8", "replace").decode())
        if packet.startswith("451-") and len(packet) > 10:
            await ws.send_bytes(b"attachment")
        await ws.send_str(f'427["contact:follow",{{"contact_id":"{contact_id}"}}]')
        async with asyncio.timeout(WAIT_S):
            while not (await ws.receive_str()).startswith('437[{"ok"'):
                pass


async def test_calls_of_one_line_are_answered_in_their_order(astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    async with spoken(astrid) as ws:
        for number in range(50):
            body = {"contact_id": contact_id, "client_id": f"c{number}", "text": f"m{number}"}
            await ws.send_str(f'42{number}["message:post",{json.dumps(body)}]')
        answers = [await ws.receive_str() for _ in range(50)]
    assert [answer.partition("[")[0] for answer in answers] == [f"43{number}" for number in range(50)]
    numbers = [json.loads(answer.partition("[")[2][:-1])["ok"]["no"] for answer in answers]
    assert numbers == sorted(set(numbers))  # what the service itself writes comes in between


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ('["contact:follow",{"contact_id":5}]', "bad_request"),
        ('["contact:follow",{}, {}]', "bad_request"),
        ('["contact:follow"]', "bad_request"),
        ('["no:such",{}]', "unknown_event"),
        ('["message:post",{"contact_id":"f","client_id":"a","text":"hej"}]', "not_found"),
    ],
)
async def test_a_refusal_is_an_answer(astrid: Somebody, sent: str, code: str) -> None:
    async with spoken(astrid) as ws:
        await ws.send_str(f"421{sent}")
        answer = json.loads((await ws.receive_str()).removeprefix("431"))
    assert answer[0]["error"]["code"] == code


async def test_a_message_over_the_limit_ends_the_line(astrid: Somebody) -> None:
    async with spoken(astrid) as ws:
        await ws.send_str("42" + "x" * 200_000)
        assert (await ws.receive()).type is WSMsgType.CLOSE
        assert ws.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_are_as_the_standard_has_them(length: int) -> None:
    payload = b"x" * length
    frame = text_frame(payload)
    assert frame[0] == 0x81
    size = frame[1]
    head = 2
    if size == 126:
        size, head = struct.unpack("!H", frame[2:4])[0], 4
    elif size == 127:
        size, head = struct.unpack("!Q", frame[2:10])[0], 10
    assert (size, frame[head:]) == (length, payload)
    assert binary_frame(payload)[0] == 0x82
    assert binary_frame(payload)[1:] == frame[1:]


class Heart:
    """Something with a pulse that notes what it was asked."""

    def __init__(self, *, answers: bool) -> None:
        self.slot = 0
        self.unanswered = False
        self.pings = 0
        self.lost = asyncio.Event()
        self._answers = answers

    def ping(self) -> None:
        self.pings += 1
        if self._answers:
            self.unanswered = False

    def lose(self) -> None:
        self.lost.set()


async def test_who_answers_is_kept_and_who_does_not_is_lost() -> None:
    pulse = Pulse(interval_s=0.01 * SLOTS / 10, timeout_s=0.02)
    here, gone = Heart(answers=True), Heart(answers=False)
    pulse.add(here)
    pulse.add(gone)
    async with asyncio.timeout(WAIT_S):
        await gone.lost.wait()
        while here.pings < 3:
            await asyncio.sleep(0.01)
    pulse.remove(gone)
    pings = gone.pings
    assert not here.lost.is_set()
    async with asyncio.timeout(WAIT_S):
        while here.pings < 5:
            await asyncio.sleep(0.01)
    assert gone.pings == pings
    pulse.stop()


async def test_a_browser_that_sleeps_is_noticed(astrid: Somebody, node: Node) -> None:
    async with spoken(astrid) as ws:
        (sid,) = set(node.follows.sockets_of("patient:astrid")) - {astrid.io.get_sid()}
        line = node.sockets.io.line(sid)
        assert line is not None
        line.ping()
        assert await ws.receive_str() == "2"
        line.lose()
        assert (await ws.receive()).type in (WSMsgType.CLOSED, WSMsgType.ERROR)
    await gone(node, sid)


async def gone(node: Node, sid: str) -> None:
    """Until the node has let go of the socket."""
    async with asyncio.timeout(WAIT_S):
        while node.follows.follower(sid) is not None or node.sockets.io.line(sid) is not None:
            await asyncio.sleep(0.01)


async def test_a_slow_client_is_cut_and_resumes_by_number(
    astrid: Somebody, sara: Somebody, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for the contact and then reads nothing; the nurse goes on writing and is not held up."""
    monkeypatch.setattr(line_module, "SLOW_BYTES", 20_000)
    monkeypatch.setattr(line_module, "MOST_BYTES", 200_000)
    contact_id = await opened(astrid)
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    async with unread(astrid) as deaf:
        await deaf.say(f'421["contact:follow",{{"contact_id":"{contact_id}"}}]')
        sid = await follower(node, astrid)
        async with asyncio.timeout(30):
            while node.follows.follower(sid) is not None:
                said = {"contact_id": contact_id, "client_id": client_id(), "claim_no": 1, "text": "å" * 4_000}
                await sara.call("message:post", **said)
    after = await astrid.call("contact:follow", contact_id=contact_id)
    assert [entry["no"] for entry in after["entries"]] == list(range(1, after["summary"]["head"] + 1))


async def follower(node: Node, astrid: Somebody) -> str:
    """The other socket of the patient, once it follows something."""
    async with asyncio.timeout(WAIT_S):
        while True:
            for sid in set(node.follows.sockets_of("patient:astrid")) - {astrid.io.get_sid()}:
                found = node.follows.follower(sid)
                if found is not None and found.contacts:
                    return sid
            await asyncio.sleep(0.01)


class Unread:
    """A websocket whose receiving end takes a few kilobytes and then nothing more."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def say(self, text: str) -> None:
        payload = text.encode()
        self._writer.write(bytes((0x81, 0x80 | 126)) + struct.pack("!H", len(payload)) + bytes(4) + payload)
        await self._writer.drain()


@asynccontextmanager
async def unread(astrid: Somebody) -> AsyncIterator[Unread]:
    """Signed in as the patient, with a small receive buffer that nobody empties after the handshake."""
    host, port = astrid.url.removeprefix("http://").split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    raw.connect((host, int(port)))
    raw.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=raw, limit=4_096)
    writer.write(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Cookie: {astrid.cookie}\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    deaf = Unread(writer)
    await deaf.say("40")
    await reader.readuntil(b"40{")
    try:
        yield deaf
    finally:
        writer.transport.abort()


async def test_lines_of_every_kind_leave_nothing_behind(url: str, astrid: Somebody, node: Node) -> None:
    for transports in POLLING:
        io = socketio.AsyncClient(reconnection=False)
        await io.connect(url, headers={"Cookie": astrid.cookie}, transports=transports, wait_timeout=WAIT_S)
        await io.disconnect()
    async with spoken(astrid):
        pass
    async with asyncio.timeout(WAIT_S):
        while len(node.sockets.io.eio.sockets) > 1 or len(node.follows.everyone()) > 1:
            await asyncio.sleep(0.01)
    assert len(node.sockets.io.environ) == 1
    assert len(node.sockets.io.manager.rooms["/"]) == 2
