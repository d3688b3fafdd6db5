"""`fyr verify-audit`, `fyr audit export` and `fyr audit index` as an operator runs them, on the record of a service."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from fhir.resources.R4B.auditevent import AuditEvent

from core.settings import Settings
from tests.web.client import client_id, signed_in
from tests.web.test_story import opened
from web.app import NODE, run_node

FYR = str(Path(sys.executable).parent / "fyr")


@pytest.fixture
async def looks(tmp_path: Path) -> int:
    """A record in which a patient wrote, a nurse read and an auditor judged; gives how many looks it holds."""
    async with run_node(Settings(demo=True, data_dir=tmp_path)) as application:
        server, node = TestServer(application), application[NODE]
        await server.start_server()
        url = str(server.make_url("")).rstrip("/")
        async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "staff:sara") as sara:
            contact_id = await opened(astrid)
            await sara.call("contact:follow", contact_id=contact_id)
        async with signed_in(url, "staff:alva") as alva:
            period = {"since": "2026-01-01T00:00:00Z", "until": "2126-01-01T00:00:00Z"}
            await alva.call("check:draw", client_id=client_id(), per_stratum=1, **period)
        made = (await node.log.head(node.trail.stream())).last_no
        await server.close()
    return made


async def fyr(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program with this record, and nothing else of ours around it."""
    around = {"PATH": os.environ["PATH"], "FYR_DATA_DIR": str(folder)}
    run = subprocess.run
    return await asyncio.to_thread(
        run, [FYR, *words], env=around, capture_output=True, text=True, check=False, timeout=120
    )


def behind_its_back(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "fyr.db")) as database, database:
        database.execute(statement)


async def test_a_record_nobody_touched_is_whole_and_its_looks_are_audit_events(tmp_path: Path, looks: int) -> None:
    done = await fyr(tmp_path, "verify-audit")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"whole: {looks} looks\n", "")
    done = await fyr(tmp_path, "audit", "export")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(events), done.stderr) == (0, looks, "")
    for event in events:
        AuditEvent.model_validate(event)
    codes = {event["purposeOfEvent"][0]["coding"][0]["code"] for event in events}
    assert codes == {"TREAT", "PATRQT", "HCOMPL"}
    done = await fyr(tmp_path, "audit", "export", "--since", "2126-01-01T00:00:00Z")
    assert (done.returncode, done.stdout) == (0, "")


async def test_an_altered_index_is_named_and_made_anew(tmp_path: Path, looks: int) -> None:
    behind_its_back(tmp_path, "UPDATE audit_index SET stratum = 'other', person_id = 'nils' WHERE person_id = 'astrid'")
    behind_its_back(tmp_path, "DELETE FROM audit_index WHERE no = 1 AND stream_id LIKE 'audit:%'")
    done = await fyr(tmp_path, "verify-audit")
    assert done.returncode == 1
    assert "no row of the audit index stands for the look" in done.stdout
    assert "is not as it was committed" in done.stdout
    done = await fyr(tmp_path, "audit", "index")
    assert (done.returncode, done.stdout) == (0, f"{looks} rows\n")
    assert (await fyr(tmp_path, "verify-audit")).stdout == f"whole: {looks} looks\n"


async def test_a_check_altered_behind_its_back_is_named_and_no_index_mends_it(tmp_path: Path, looks: int) -> None:
    behind_its_back(tmp_path, "UPDATE entry SET body = x'00' WHERE stream_id LIKE 'audit:check:%' AND no = 1")
    done = await fyr(tmp_path, "verify-audit")
    assert (done.returncode, done.stdout.startswith("audit:check:region-fyr:")) == (1, True)
    await fyr(tmp_path, "audit", "index")
    assert (await fyr(tmp_path, "verify-audit")).returncode == 1


async def test_what_cannot_be_asked_ends_in_one_sentence(tmp_path: Path) -> None:
    for words in (("verify-audit",), ("audit", "export"), ("audit", "index")):
        done = await fyr(tmp_path, *words)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
