"""Nodes as real processes: `fyr serve`, killed, ended in order, started again, each life on a port of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

FYR = str(Path(sys.executable).parent / "fyr")
READY_WITHIN_S = 300.0
END_WITHIN_S = 30.0
START_ATTEMPTS = 20


class NodeProcess:
    """One node. `ready` says whether the line may send people to it, `port` where it listens in its present life."""

    def __init__(self, name: str, folder: Path, environ: Mapping[str, str]) -> None:
        self.name = name
        self.port = 0
        self.ready = False
        self.starts = 0
        self._folder = folder / name
        self._environ = {
            "FYR_ATTACHMENTS_URL": f"file:{folder.absolute() / 'attachments'}",
            **environ,
            "FYR_PORT": "0",
            "FYR_DATA_DIR": str(self._folder),
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def told(self) -> Path:
        """The file of everything it has logged, over all its lives."""
        return self._folder.with_suffix(".log")

    @property
    def pid(self) -> int:
        """The process of its present life."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start until it takes connections, as a supervisor would: a node whose stores are away ends at its start."""
        for _ in range(START_ATTEMPTS):
            if await self._started():
                self.ready = True
                return
            await self._end(signal.SIGKILL)
        raise RuntimeError(f"{self.name} did not start: {self._last_words()}")

    async def _started(self) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True)
        self.starts += 1
        with self.told.open("ab") as told:
            self._process = await asyncio.create_subprocess_exec(
                FYR, "serve", env={"PATH": os.environ["PATH"], **self._environ}, stdout=subprocess.PIPE, stderr=told
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(READY_WITHIN_S):
            line = await self._process.stdout.readline()
        if not line.startswith(b"ready "):
            return False
        self.port = urlsplit(line.split()[1].decode()).port or 0
        return True

    async def only_answer(self) -> None:
        """Start anew as a node that serves people and does nothing by itself."""
        await self.stop()
        self._environ["FYR_ROLES"] = "web"
        await self.start()

    async def kill(self) -> None:
        """SIGKILL."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM, and wait for its end in order; gives its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        self.ready = False
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        try:
            async with asyncio.timeout(END_WITHIN_S):
                return await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise RuntimeError(f"{self.name} did not end within {END_WITHIN_S:.0f} s of a SIGTERM") from None

    def _last_words(self) -> str:
        return self.told.read_text("utf-8").strip().rpartition("\n")[2]
