"""`fyr person` on a demo's record while the service rests: the real program, and what the register says afterwards."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import Settings
from web.app import NODE, run_node
from web.node import Node

FYR = str(Path(sys.executable).parent / "fyr")
NUMBER, TAKEN = "19500907-2553", "20170101-2393"


def fyr(folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    around = {"PATH": os.environ["PATH"], "FYR_DATA_DIR": str(folder), "FYR_DEMO": "1"}
    command = [FYR, "person", *words]
    return subprocess.run(command, input=said, env=around, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """The record of a demo that has run."""
    async with run_node(Settings(demo=True, data_dir=tmp_path)):
        pass
    return tmp_path


async def test_every_act_is_in_force_when_the_service_is_back(folder: Path) -> None:
    acts: list[tuple[tuple[str, ...], str]] = [
        (("merge", "astrid", "maryam", "--reason", "Dubblett."), ""),
        (("protect", "nils", "sekretessmarkering"), ""),
        (("protect", "vera", "none"), ""),
        (("number", "gunnar"), f"{NUMBER}\n"),
        (("end-number",), f"{NUMBER}\n"),
    ]
    for words, said in acts:
        done = await asyncio.to_thread(fyr, folder, *words, said=said)
        assert (done.returncode, done.stderr) == (0, ""), words
        assert NUMBER[-4:] not in done.stdout
    async with run_node(Settings(demo=True, data_dir=folder)) as application:
        node: Node = application[NODE]
        assert await node.register.rows.survivor("astrid") == "maryam"
        assert (node.protections.of_person("nils"), node.protections.of_person("vera")) == ("sekretessmarkering", None)
        assert [row.until_ms is None for row in await node.register.rows.numbers_of("gunnar")] == [False, True]


REFUSED: list[tuple[tuple[str, ...], str, str]] = [
    (("protect", "vera", "hemlig"), "", "bad_request"),
    (("part", "astrid", "--reason", "x"), "", "not_found"),
    (("number", "gunnar"), TAKEN, "another person's"),
    (("number", "gunnar"), "195009072554", "no identity number to be had here (control)"),
]


async def test_what_cannot_be_is_refused_in_one_sentence_without_the_number(folder: Path) -> None:
    for words, said, told in REFUSED:
        done = await asyncio.to_thread(fyr, folder, *words, said=said)
        (line,) = done.stderr.splitlines()
        assert (done.returncode, told in line) == (2, True), line
        assert not said or said[-4:] not in line
