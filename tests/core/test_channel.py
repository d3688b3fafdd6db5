"""The line between nodes, on the real server: it goes on hearing, whatever comes in on it."""

import asyncio

from structlog.testing import capture_logs

from core.storage.channel import Channel
from core.storage.valkey import Valkey

WITHIN_S = 10.0


async def test_a_packet_nobody_can_make_sense_of_does_not_leave_the_node_deaf(valkey: Valkey) -> None:
    heard: list[bytes] = []
    came, again = asyncio.Event(), asyncio.Event()

    def hear(data: bytes) -> None:
        if data == b"of a later release":
            raise TypeError("takes 1 positional argument but 2 were given")
        heard.append(data)
        came.set()

    channel = Channel(valkey.url, "test", hear=hear, back=again.set)
    channel.start()
    async with asyncio.timeout(WITHIN_S):
        await channel.listening.wait()
        again.clear()
        with capture_logs() as logged:
            await channel.publish(b"of a later release")
            await again.wait()
        await channel.publish(b"as ever")
        await came.wait()
    await channel.stop()
    assert heard == [b"as ever"]
    assert [line["event"] for line in logged] == ["channel_failed"]
