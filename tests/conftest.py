"""Fixtures every test may use. Real parts only: a Valkey server of its own for each test that asks for one."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis

from core.storage.redis import make_redis
from core.storage.valkey import Valkey, run_valkey

settings.register_profile("fyr", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.register_profile("ci", settings.get_profile("fyr"), suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if "CI" in os.environ else "fyr")


@pytest.fixture(autouse=True)
def _own_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of the shell it is run from; `FYR_CHROMIUM` is for the tests themselves."""
    for name in [name for name in os.environ if name.startswith("FYR_") and name != "FYR_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("HTTPS", raising=False)


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkey]:
    """A fresh embedded Valkey (about 30 ms), stopped after the test."""
    async with run_valkey(tmp_path / "valkey-data") as running:
        yield running


@pytest.fixture
async def redis(valkey: Valkey) -> AsyncIterator[Redis]:
    """A client of that server."""
    async with make_redis(valkey.url) as client:
        yield client
