"""One way down: who may import whom, and which libraries only one part knows. The rules are in pyproject.toml."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.project.sources import CODE, ROOT, files, tree

RUN = """
import sys
sys.path.insert(0, sys.argv.pop())  # before ours, which are installed as well
from importlinter.cli import lint_imports_command
lint_imports_command()
"""
LINT = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]


def test_the_contracts_hold() -> None:
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("core/ids_too.py", "import triage"),
        ("chat/above.py", "import web.cli"),
        ("chat/beside.py", "import rtc"),
        ("care/beside.py", "import chat"),
        ("triage/above.py", "import carequeue"),
        ("rtc/server.py", "from aiohttp import web"),
        ("core/sockets.py", "import socketio"),
        ("chat/words.py", "import spacy"),
        ("web/media.py", "import aiortc"),
        ("carequeue/index.py", "import redis.asyncio"),
        ("chat/rows.py", "import sqlalchemy"),
        ("core/rows.py", "import sqlalchemy"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, place: str, line: str) -> None:
    """The rules would be worth nothing if they held whatever one wrote."""
    done = _judged(tmp_path, place, line)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("carequeue/store.py", "import redis.asyncio"),
        ("core/storage/sql.py", "import sqlalchemy"),
        ("web/a.py", "import rtc"),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, place: str, line: str) -> None:
    done = _judged(tmp_path, place, line)
    assert done.returncode == 0, done.stdout


def test_what_serves_is_locked_for_serving() -> None:
    """The tests run with more installed than `make run` installs: nothing may lean on that."""
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / "run.txt").read_text("utf-8"), re.MULTILINE))
    given = packages_distributions()
    ours = {*CODE, "carequeue"}
    needed = {name for path in files(".py", tests=False) for name in _imported(path)} - ours - sys.stdlib_module_names
    offered = {name: {re.sub(r"[-_.]+", "-", one).lower() for one in given[name]} for name in needed}
    assert {name for name, by in offered.items() if not by & locked} == set()


def _imported(path: Path) -> set[str]:
    found = set[str]()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _judged(folder: Path, place: str, line: str) -> subprocess.CompletedProcess[str]:
    """A project of empty packages with one line in one module, under our own rules."""
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    for package in ("core", "core/storage", "triage", "carequeue", "chat", "rtc", "care", "web"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    (folder / "web" / "cli.py").touch()
    (folder / place).write_text(line + "\n")
    command = [sys.executable, "-c", RUN, "--no-logo", "--no-cache", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
