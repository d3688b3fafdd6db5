"""The hazard log names controls and tests that are there."""

import ast
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from tests.project.sources import ROOT

Severity = Literal["negligible", "minor", "serious", "critical", "catastrophic"]
Probability = Literal["improbable", "remote", "occasional", "probable"]


class Hazard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row."""

    id: str
    hazard: str
    cause: str
    harm: str
    severity: Severity
    probability: Probability
    controls: tuple[str, ...]
    tests: tuple[str, ...]
    residual: str
    review: Literal["draft", "reviewed", "approved"]


class HazardLog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    hazards: tuple[Hazard, ...]


def hazards() -> tuple[Hazard, ...]:
    return msgspec.yaml.decode((ROOT / "docs/safety/hazards.yaml").read_bytes(), type=HazardLog).hazards


@cache
def named_in(path: Path) -> frozenset[str]:
    """Names of the tests in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = (node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def has_test(name: str) -> bool:
    """Whether a test of this id exists."""
    path, _, test = name.partition("::")
    return (ROOT / path).is_file() and test in named_in(ROOT / path)


def has_control(path: str) -> bool:
    """Whether a control lies where it is said to; `carequeue` lies in `queue`."""
    return (ROOT / path).is_file() or (ROOT / "queue" / path).is_file()


@pytest.mark.parametrize("hazard", hazards(), ids=lambda hazard: hazard.id)
def test_each_hazard_has_controls_and_tests_that_are_there(hazard: Hazard) -> None:
    assert hazard.controls
    assert hazard.tests
    assert [path for path in hazard.controls if not has_control(path)] == []
    assert [name for name in hazard.tests if not has_test(name)] == []
    assert all(text.strip() for text in (hazard.hazard, hazard.cause, hazard.harm, hazard.residual))


def test_ids_are_in_order_and_each_is_one() -> None:
    assert [hazard.id for hazard in hazards()] == [f"HZ-{no:02}" for no in range(1, len(hazards()) + 1)]


def test_what_is_not_there_is_noticed() -> None:
    assert not has_test("tests/triage/test_laws.py::test_that_was_never_written")
    assert not has_test("tests/none.py::test_adding_a_red_flag_never_lowers")
    assert not has_control("triage/none.py")
