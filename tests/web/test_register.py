"""`fyr person` on a demo's record while the service rests: the real program, and what the register says afterwards."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
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


async def test_a_newborn_without_a_number_is_stood_for_and_later_becomes_who_has_one(folder: Path) -> None:
    born = str(datetime.now(UTC).date() - timedelta(days=2))
    words = ("newborn", "hamnen", "--born", born, "--sex", "f", "--guardian", "nils")
    done = await asyncio.to_thread(fyr, folder, *words, said="Flicka Bergkvist\n")
    assert (done.returncode, done.stderr) == (0, "")
    child = done.stdout.strip()
    async with run_node(Settings(demo=True, data_dir=folder)) as application:
        node: Node = application[NODE]
        standing, person = await node.register.rows.standing(child), await node.directory.person(child)
        assert standing is not None
        assert person is not None
        assert (standing.temporary, person.name, person.sex) == ("newborn", "Flicka Bergkvist", "f")
        assert await node.register.rows.numbers_of(child) == []
        assert child in {one.person_id for one in await node.register.represented_by("nils")}
    merged = await asyncio.to_thread(fyr, folder, "merge", child, "elias", "--reason", "Fick sitt nummer.")
    assert merged.returncode == 0
    async with run_node(Settings(demo=True, data_dir=folder)) as application:
        assert await application[NODE].register.rows.survivor(child) == "elias"


NEVER: list[tuple[tuple[str, ...], str, str]] = [
    (("newborn", "hamnen", "--born", "2126-01-01"), "Namn", "a day that has been"),
    (("newborn", "hamnen", "--born", "i går"), "Namn", "a day, as"),
    (("newborn", "nowhere", "--born", "2026-11-01"), "Namn", "not"),
    (("newborn", "hamnen", "--born", "2026-11-01", "--guardian", "nobody"), "Namn", "not"),
    (("newborn", "hamnen", "--born", "2026-11-01"), " ", "name"),
]


async def test_who_cannot_be_born_is_refused_and_nobody_is_left_behind(folder: Path) -> None:
    for words, said, told in NEVER:
        done = await asyncio.to_thread(fyr, folder, *words, said=f"{said}\n")
        assert (done.returncode, told in done.stderr, len(done.stderr.splitlines())) == (2, True, 1), done.stderr
    async with run_node(Settings(demo=True, data_dir=folder)) as application:
        assert len(await application[NODE].directory.persons()) == 6
