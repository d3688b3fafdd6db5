"""The wheel: it builds, it holds everything the service needs and no sources of the client, and installed it serves."""

import os
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.project.sources import ROOT

PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert (ROOT / "web" / "static" / "index.html").is_file(), "the client is not built: make client"
    into = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(into)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = into.glob("fyr-*.whl")
    return made


def test_it_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {"web/static/index.html", "web/static/staff.html", "web/cli.py", "carequeue/__init__.py"} <= held
    assert not [name for name in held if name.startswith(("web/client/", "queue/", "tests/", "tooling/", "docs/"))]
    for data in (*ROOT.glob("core/**/*.yaml"), *ROOT.glob("triage/**/*.yaml"), *ROOT.glob("queue/carequeue/**/*.lua")):
        assert data.relative_to(ROOT).as_posix().removeprefix("queue/") in held
    assert not [name for name in held if name.endswith(".map")], "the pages' sources are not given away with them"


def test_installed_it_serves_the_pages(wheel: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv", wheel)
    where = subprocess.run(
        [python, "-c", "import web; print(web.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path)
    around = {"PATH": os.environ["PATH"], "FYR_PORT": "0"}
    command = [str(python.parent / "fyr"), "demo"]
    with subprocess.Popen(command, cwd=tmp_path, env=around, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[1]
            with urllib.request.urlopen(f"{url}/", timeout=10) as answer:
                assert answer.status == 200
                assert b"fyr-shell" in answer.read()
        finally:
            process.terminate()


def _environment(folder: Path, wheel: Path) -> Path:
    """A fresh environment with the wheel; the packages it needs are borrowed from ours, without what is editable."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [str(PROGRAMS / "uv"), "pip", "install", "--quiet", "--offline", "--no-deps", "--python", str(python)]
    subprocess.run([*install, str(wheel)], check=True)
    return python
