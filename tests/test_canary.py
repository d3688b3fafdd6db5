"""The watch over what patients write can fail: at each way out, words that should not be there are found."""

import logging
import subprocess
import sys
from pathlib import Path

import aiohttp
import prometheus_client
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from core.errors import FyrError
from core.notices import push
from core.notices.channel import GoneError, Notice
from core.notices.entries import Subscription
from core.outbound import Outbound
from tests.canary import CANARY, Watch, forms_of, watching
from tests.conftest import pytest_runtest_makereport
from tests.project.sources import ROOT

ASCII = "svartmes vindflöjel".replace("ö", "o")


def test_words_are_found_in_every_shape_they_may_take() -> None:
    plain, *_ = forms_of(ASCII)
    watch = Watch(ASCII)
    for said in (plain, f"/?q={ASCII.replace(' ', '%20')}", ASCII.replace(" ", "+"), "c3ZhcnRtZXMgdmluZGZsb2plbA=="):
        watch.leaks.clear()
        watch.note("here", said)
        assert watch.leaks == {"here"}, said
    watch.leaks.clear()
    watch.note("here", "svartmes")
    assert watch.leaks == set()


def test_log_lines_and_errors_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(ASCII, monkeypatch) as watch:
        structlog.get_logger("core.somewhere").debug("said", text=ASCII)
        assert watch.leaks == {"the log"}
        logging.getLogger("aiohttp.server").error(ASCII)
        FyrError("bad_request", where=ASCII)
        assert watch.leaks == {"the log", "an error"}


def test_what_the_log_cuts_off_is_no_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(ASCII, monkeypatch) as watch:
        try:
            raise ValueError(ASCII)
        except ValueError:
            structlog.get_logger("core.somewhere").exception("failed")
        assert watch.leaks == set()


async def test_addresses_gateways_and_valkey_are_searched(monkeypatch: pytest.MonkeyPatch, redis: Redis) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    with watching(ASCII, monkeypatch) as watch:
        async with TestServer(app) as server, aiohttp.ClientSession() as http:
            async with http.get(server.make_url("/").with_query(q=ASCII)):
                assert watch.leaks == {"an address that was asked", "an address asked of us"}
            outbound = Outbound()
            await outbound.post(str(server.make_url("/")), ASCII.encode(), {})
            await outbound.close()
        assert "a call to a gateway" in watch.leaks
        await redis.set("key", ASCII)
        assert "Valkey" in watch.leaks


def test_pushes_metrics_and_files_are_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    counter = prometheus_client.Counter("canary_of_a_test", "Counts.", ["said"])
    with watching(ASCII, monkeypatch) as watch:
        with pytest.raises(GoneError):
            push._encrypted(Notice("n", "c", ASCII, "", "sv"), Subscription(endpoint="", p256dh="AAAA", auth="AAAA"))
        assert watch.leaks == {"a push"}
        (tmp_path / "kept").write_text(ASCII)
        watch.search(tmp_path)
        counter.labels(ASCII).inc()
    prometheus_client.REGISTRY.unregister(counter)
    assert watch.leaks == {"a push", "the file kept", "metrics"}


@pytest.mark.parametrize(("printed", "outcome"), [(CANARY, "failed"), ("ready", "passed")])
def test_what_is_printed_fails_the_test(printed: str, outcome: str) -> None:
    made = pytest.TestReport("a", ("a", 1, "a"), {}, "passed", None, "call", [("Captured stderr call", printed)])
    reporting = pytest_runtest_makereport()
    next(reporting)
    with pytest.raises(StopIteration) as done:
        reporting.send(made)
    assert done.value.value.outcome == outcome


LEAVES_WORDS = """
def test_one(tmp_path):
    (tmp_path / "left").write_text(" ".join(["kanariegul", "zeppelinare"]))
"""


def test_the_folder_of_a_test_is_searched_before_it_goes(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(LEAVES_WORDS)
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    asked += ["-c", str(ROOT / "pyproject.toml"), f"--basetemp={tmp_path / 'inner'}", str(tmp_path / "test_one.py")]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, "{'the file left'}" in told.stdout) == (1, True), told.stdout
    assert not list((tmp_path / "inner").glob("*/left"))
