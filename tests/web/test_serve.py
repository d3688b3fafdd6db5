"""The process that serves: the real program, on a real port, ended by real signals."""

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FYR = str(Path(sys.executable).parent / "fyr")


@contextmanager
def _demo(data: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    around = {"PATH": os.environ["PATH"], "FYR_PORT": "0", "FYR_DATA_DIR": str(data), **environ}
    with subprocess.Popen(
        [FYR, "demo"], env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(20)


def _ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    word, _, url = process.stdout.readline().strip().partition(" ")
    assert word == "ready", process.stderr.read() if process.stderr else ""
    return url


def _get(url: str, tls: ssl.SSLContext | None = None) -> str:
    with urllib.request.urlopen(url, timeout=10, context=tls) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_is_ready_serves_and_ends_when_told(tmp_path: Path, number: signal.Signals) -> None:
    with _demo(tmp_path) as process:
        url = _ready(process)
        assert "fyr-shell" in _get(url)
        assert "fyr-shell" in _get(f"{url}/staff")
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert process.stderr is not None
        out, told = process.stdout.read(), process.stderr.read()
        assert "sign in as" in out
        assert [json.loads(line)["event"] for line in told.splitlines()][-1] == "stopping"
    assert not (tmp_path / "valkey" / "valkey.sock").exists()
    assert [path for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077 and path.parent == tmp_path] == []


def test_a_killed_service_starts_again_on_the_same_data(tmp_path: Path) -> None:
    for _ in range(2):
        with _demo(tmp_path) as process:
            assert "fyr-shell" in _get(_ready(process))
            process.kill()
            process.communicate(timeout=20)


def test_with_https_a_phone_may_use_its_camera_and_who_is_drained_ends(tmp_path: Path) -> None:
    with _demo(tmp_path, HTTPS="1") as process:
        url = _ready(process)
        assert url.startswith("https://127.0.0.1:")
        trusting = ssl.create_default_context(cafile=str(tmp_path / "tls" / "certificate.pem"))
        assert "fyr-shell" in _get(url, trusting)
        drained = subprocess.run([FYR, "drain", str(process.pid)], capture_output=True, text=True, timeout=30)
        assert (drained.returncode, process.wait(5)) == (0, 0)
        assert "no visit was cut off" in drained.stdout


def test_two_services_never_share_their_data(tmp_path: Path) -> None:
    with _demo(tmp_path) as first:
        _ready(first)
        with _demo(tmp_path) as second:
            _, told = second.communicate(timeout=30)
            assert second.returncode == 2
            assert "Another Fyr keeps its data" in told.splitlines()[-1]
