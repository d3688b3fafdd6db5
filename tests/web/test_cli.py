"""The `fyr` command as a person meets it: the real program, its exit status, and one sentence when it stops."""

import contextlib
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from importlib.metadata import version
from pathlib import Path

import pytest

from core.errors import CODES, FyrError
from core.log.seal import MasterKeys
from web.sentences import SENTENCES, sentence

FYR = str(Path(sys.executable).parent / "fyr")


def _fyr(*words: str, said: bytes = b"", **environ: str) -> subprocess.CompletedProcess[bytes]:
    around = {"PATH": os.environ["PATH"], **environ}
    return subprocess.run([FYR, *words], input=said, env=around, capture_output=True, check=False, timeout=60)


def _refused(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line


def test_its_version_is_the_packages() -> None:
    assert _fyr("--version").stdout.decode().split() == ["fyr", version("fyr")]


def test_without_a_command_it_says_what_there_is() -> None:
    done = _fyr()
    assert done.returncode == 2
    assert b"usage: fyr" in done.stderr
    for command in (b"serve", b"demo", b"assess", b"check-content", b"verify-log", b"backup", b"restore", b"wire"):
        assert command in _fyr("--help").stdout


def test_assess_reads_lines_and_answers_lines() -> None:
    lines = [
        {"id": "a", "text": "Jag har tryckande smärta i bröstet och det strålar ut i vänster arm", "age_y": 58},
        {"id": "b", "text": ""},
    ]
    done = _fyr("assess", said="".join(json.dumps(line) + "\n" for line in lines).encode())
    assert done.returncode == 0
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], first["urgency"], first["status"]) == ("a", "immediate", "assessed")
    assert (second["id"], second["urgency"], second["status"]) == ("b", "urgent", "unassessed")


def test_assess_takes_a_file_and_says_when_there_is_none(tmp_path: Path) -> None:
    source = tmp_path / "lines.jsonl"
    source.write_text('{"id": "a", "text": "I have a cold"}\n')
    assert json.loads(_fyr("assess", str(source)).stdout)["id"] == "a"
    assert "absent.jsonl" in _refused(_fyr("assess", str(tmp_path / "absent.jsonl")))


def test_assess_of_bytes_that_are_no_text_answers_and_goes_on() -> None:
    done = _fyr("assess", said=b'\xff\xfe\n{"id": "a", "text": "hej"}\n')
    assert done.returncode == 0
    broken, good = (json.loads(line) for line in done.stdout.splitlines())
    assert "error" in broken
    assert good["id"] == "a"


def test_reading_texts_needs_no_server_and_no_database() -> None:
    program = (
        "import io, sys\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b''))\n"
        "from web.cli import main\n"
        "main(['assess'])\n"
        "print(sorted({'aiohttp', 'socketio', 'sqlalchemy', 'redis', 'aiortc'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_content_we_ship_is_in_order() -> None:
    assert _fyr("check-content").returncode == 0


def test_content_that_is_not_in_order_is_told_problem_by_problem(tmp_path: Path) -> None:
    done = _fyr("check-content", str(tmp_path / "absent"))
    assert done.returncode == 2
    assert done.stdout.splitlines()


def test_a_wrong_setting_is_named_and_its_value_is_not() -> None:
    line = _refused(_fyr("serve", FYR_PROT="sekrit"))
    assert "FYR_PROT is no setting of Fyr" in line
    assert "sekrit" not in line


def test_roles_are_for_several_processes_on_one_database(tmp_path: Path) -> None:
    line = _refused(_fyr("serve", "--roles", "web", FYR_DATA_DIR=str(tmp_path)))
    assert "FYR_ROLES is for PostgreSQL: a record in a file belongs to one process" in line
    assert "FYR_ROLES is a list of web, rtc, worker" in _refused(_fyr("serve", "--roles", "web,cook"))


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        line = _refused(_fyr("demo", FYR_PORT=port, FYR_DATA_DIR=str(tmp_path)))
    assert line == f"fyr: Port {port} is already in use; choose another with FYR_PORT."


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = _refused(_fyr("demo", FYR_PORT="0", FYR_DATA_DIR=str(tmp_path / "file" / "data")))
    assert "cannot be written to" in line


def test_a_database_of_a_release_far_ahead_is_refused(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "fyr.db")) as database:
        database.executescript(
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('9999');"
            "CREATE TABLE about (name TEXT, value TEXT); INSERT INTO about VALUES ('release', '9.9')"
        )
    line = _refused(_fyr("serve", FYR_PORT="0", FYR_DATA_DIR=str(tmp_path)))
    assert line.endswith("is too old for this database, which Fyr 9.9 has changed; install 9.9.")


def test_verify_log_says_that_the_record_is_whole_and_names_what_is_not(tmp_path: Path) -> None:
    data = str(tmp_path)
    assert "fyr.db cannot be reached" in _refused(_fyr("verify-log", FYR_DATA_DIR=data, FYR_KEYS=MasterKeys.generate()))
    assert "FYR_KEYS is not set" in _refused(_fyr("verify-log", FYR_DATA_DIR=data))
    _serve_once(tmp_path)
    done = _fyr("verify-log", FYR_DATA_DIR=data)
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, b"whole:", b"")
    with contextlib.closing(sqlite3.connect(tmp_path / "fyr.db")) as database, database:
        database.execute("DELETE FROM entry WHERE no = 1")
    done = _fyr("verify-log", FYR_DATA_DIR=data)
    assert done.returncode == 1
    assert re.fullmatch(rb"audit:[^ ]+ 1: the entry is missing\n", done.stdout.splitlines(keepends=True)[0])


def test_retention_says_by_class_what_would_go_and_what_went(tmp_path: Path) -> None:
    _serve_once(tmp_path)
    data = str(tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "fyr.db")) as database, database:
        database.execute("CREATE TEMP TABLE old AS SELECT * FROM session LIMIT 1")
        database.execute("UPDATE old SET token_digest = 'old', made_ms = 0, seen_ms = 0, ends_ms = 1")
        database.execute("INSERT INTO session SELECT * FROM old")
    dry = _fyr("retention", "--dry-run", FYR_DATA_DIR=data).stdout.decode().splitlines()
    assert dry[0] == "journal keep_days=3653 due=0"
    assert "sessions keep_days=1 due=1" in dry
    done = _fyr("retention", FYR_DATA_DIR=data)
    assert (done.returncode, b"sessions keep_days=1 erased=1" in done.stdout) == (0, True)
    assert b"sessions keep_days=1 erased=0" in _fyr("retention", FYR_DATA_DIR=data).stdout
    assert "reason" in _refused(_fyr("retention", "--hold", "nobody", FYR_DATA_DIR=data))
    assert "not" in _refused(_fyr("retention", "--hold", "nobody", "--reason", "IVO", FYR_DATA_DIR=data))
    own = tmp_path / "own.yaml"
    own.write_text("version: 1\nin_force_from: '2026-11-26'\nclasses: {}\n")
    refused = _refused(_fyr("serve", FYR_PORT="0", FYR_DATA_DIR=data, FYR_RETENTION=str(own)))
    assert "journal is missing" in refused


def _serve_once(data: Path) -> None:
    """A demo in which somebody signs in, so that there is something on record; ended in order."""
    around = {"PATH": os.environ["PATH"], "FYR_PORT": "0", "FYR_DATA_DIR": str(data)}
    with subprocess.Popen([FYR, "demo"], env=around, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[1].decode()
            who = urllib.request.Request(f"{url}/api/session", b'{"person": "patient:astrid"}', method="POST")
            with urllib.request.urlopen(who, timeout=10) as answer:
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            asking = urllib.request.Request(f"{url}/api/contacts", headers={"Cookie": cookie})
            urllib.request.urlopen(asking, timeout=10).close()
        finally:
            process.terminate()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_failure_is_one_line(code: str) -> None:
    told = sentence(FyrError(code, problems=[f"problem {number}" for number in range(9)]))  # type: ignore[arg-type]
    assert "\n" not in told
    assert "{" not in told


def test_what_a_failure_holds_is_told() -> None:
    assert sentence(FyrError("settings_invalid", problems=["a", "b"])).startswith(
        "The settings are not in order: a; b."
    )
    assert set(SENTENCES) <= CODES
