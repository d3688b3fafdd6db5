"""The two commands on machines that lack something: one sentence that says what, and nothing half done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.sources import ROOT

SCRIPTS = sorted(path.name for path in (ROOT / "tooling").glob("*.sh"))
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13")


def _project(folder: Path) -> Path:
    """A copy of what the scripts read, without anything installed."""
    shutil.copytree(ROOT / "tooling", folder / "tooling")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def _program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def _make(folder: Path, first_on_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    around = {"PATH": f"{first_on_path}:{os.environ['PATH']}", "HOME": str(folder)}
    return subprocess.run(["make", *words], cwd=folder, env=around, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_one_a_plain_shell_reads(script: str) -> None:
    done = subprocess.run(["sh", "-n", ROOT / "tooling" / script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_that_is_run_may_be_run(script: str) -> None:
    path = ROOT / "tooling" / script
    assert os.access(path, os.X_OK) == path.read_text("utf-8").startswith("#!")


def test_an_old_python_is_told(tmp_path: Path) -> None:
    for name in PYTHONS:
        _program(tmp_path / "bin", name, "exit 1")
    done = _make(_project(tmp_path / "project"), tmp_path / "bin", "run")
    assert done.returncode != 0
    assert done.stderr.startswith("stopped: Python 3.11 or newer is needed; on Debian or Ubuntu: apt install")
    assert not (tmp_path / "project" / ".venv").exists()


def test_a_python_without_its_venv_is_told_by_the_name_of_the_package(tmp_path: Path) -> None:
    _program(tmp_path / "bin", "python3", f'case "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"')
    done = _make(_project(tmp_path / "project"), tmp_path / "bin", "run")
    assert done.returncode != 0
    assert "apt install make python3-venv" in done.stderr.splitlines()[0]
    assert not (tmp_path / "project" / ".venv").exists()


def test_a_download_that_fails_is_told_in_one_sentence_and_tried_again_the_next_time(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    (project / "requirements" / "uv.txt").write_text("uv==0.13.9 --hash=sha256:" + "0" * 64 + "\n")
    # An index that does not exist stands for a network that does not.
    around = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIP_INDEX_URL": "file:///nowhere"}
    done = subprocess.run(["make", "run"], cwd=project, env=around, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "the first install needs the network" in done.stderr.splitlines()[0]
    assert not (project / ".venv" / ".installed-run").exists()


def test_make_alone_says_what_there_is() -> None:
    done = subprocess.run(["make", "--silent"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "make run" in done.stdout
    assert "make test" in done.stdout
