"""The files of this project, for the tests that read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("core", "triage", "queue", "chat", "rtc", "care", "web")
NOT_OURS = {"node_modules", "static", "__pycache__"}
MADE = {"web/client/src/wire.ts", "web/client/src/base/palette.css"}
"""Written by a program, so no one's style."""


def _walk(folder: Path, *endings: str) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in NOT_OURS and not path.name.startswith("."):
                yield from _walk(path, *endings)
        elif path.suffix in endings and name(path) not in MADE:
            yield path


def files(*endings: str, tests: bool) -> list[Path]:
    """The files of the code, and of the tests when asked for, with these endings."""
    tops = (*CODE, "tests") if tests else CODE
    return [path for top in tops for path in _walk(ROOT / top, *endings)]


def texts() -> list[Path]:
    """Every text that people or machines read: code, tests, tooling and documents."""
    loose = [ROOT / "Makefile", ROOT / "README.md", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    other = [*_walk(ROOT / "tooling", ".sh"), *_walk(ROOT / "docs", ".md", ".json")]
    kinds = (".py", ".ts", ".tsx", ".css", ".html", ".json", ".yaml", ".lua", ".mjs")
    return [*loose, *other, *files(*kinds, tests=True)]


def name(path: Path) -> str:
    """The path from the project's folder on."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a Python file, inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
