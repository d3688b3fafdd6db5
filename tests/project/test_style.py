"""The law of style, as far as a machine can tell it. What it cannot tell is for readers."""

import ast
import re
from pathlib import Path

from tests.project.sources import CODE, ROOT, files, functions, name, texts, tree

FUNCTION_LINES = 50
FILE_LINES = 400
POSITIONAL = 3
LONGEST_S = 0.1
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b|Not" r"ImplementedError|pytest\.mark\.(?:skip|xfail)")
IMITATION = re.compile(r"unittest(?:\.| import )" r"mock|\bMagic" r"Mock\b")
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")

EXCEPTIONS: frozenset[str] = frozenset()
"""Breaches that are known, by `path:name`. This list may only get shorter."""


def _breaches(found: list[str]) -> list[str]:
    return [breach for breach in found if breach.partition(" ")[0] not in EXCEPTIONS]


def _long_functions() -> list[str]:
    found = []
    for path in files(".py", tests=True):
        for function in functions(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{name(path)}:{function.name} has {lines} lines")
    return found


def _long_files() -> list[str]:
    kinds = (".py", ".ts", ".tsx", ".css", ".lua")
    counted = [(path, path.read_text("utf-8").count("\n")) for path in files(*kinds, tests=True)]
    return [f"{name(path)} has {lines} lines" for path, lines in counted if lines > FILE_LINES]


def _too_many_positional() -> list[str]:
    found = []
    for path in files(".py", tests=False):
        for function in functions(path):
            names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
            taken = [argument for argument in names if argument not in {"self", "cls"}]
            if len(taken) > POSITIONAL and not _answers_the_interpreter(function):
                found.append(f"{name(path)}:{function.name} takes {len(taken)}")
    return found


def _answers_the_interpreter(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """`__exit__` and its kin have the parameters Python gives them."""
    return function.name.startswith("__") and function.name.endswith("__") and function.name != "__init__"


def _vague_names() -> list[str]:
    found = []
    for path in files(".py", ".ts", ".tsx", tests=True):
        if any(VAGUE.search(part) for part in (*path.relative_to(ROOT).parts[:-1], path.stem)):
            found.append(name(path))
    for path in files(".py", tests=True):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and VAGUE.search(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name)):
                found.append(f"{name(path)}:{node.name}")
    return found


def test_no_function_is_longer_than_a_screen() -> None:
    assert _breaches(_long_functions()) == []


def test_no_file_holds_more_than_one_thing() -> None:
    assert _breaches(_long_files()) == []


def test_what_a_call_gives_is_named_after_the_third() -> None:
    assert _breaches(_too_many_positional()) == []


def test_nothing_is_called_something_that_says_nothing() -> None:
    assert _breaches(_vague_names()) == []


def test_every_exception_is_still_needed() -> None:
    breaches = _long_functions() + _long_files() + _too_many_positional() + _vague_names()
    assert {breach.partition(" ")[0] for breach in breaches} >= EXCEPTIONS


def _matching(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{name(path)}:{number}: {line.strip()}")
    return found


def test_nothing_is_left_unfinished() -> None:
    assert _matching(UNFINISHED, [path for path in texts() if path.suffix != ".json"]) == []


def test_no_part_is_imitated_where_the_real_one_can_be_used() -> None:
    assert _matching(IMITATION, files(".py", tests=True)) == []


def test_no_test_waits_for_real_time_to_pass() -> None:
    found = []
    for path in files(".py", tests=True):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"asyncio.sleep", "time.sleep"}:
                waited = node.args[0]
                if (
                    isinstance(waited, ast.Constant)
                    and isinstance(waited.value, int | float)
                    and waited.value > LONGEST_S
                ):
                    found.append(f"{name(path)}:{node.lineno}")
    assert found == []


def test_nothing_names_a_folder_of_the_machine_it_was_written_on() -> None:
    assert _matching(OF_A_MACHINE, texts()) == []


def test_every_module_says_what_it_is_for() -> None:
    written = [path for path in files(".py", tests=True) if path.read_text("utf-8").strip()]
    assert [name(path) for path in written if not ast.get_docstring(tree(path))] == []


def test_the_folder_of_the_queue_never_hides_the_standard_library() -> None:
    assert not (ROOT / "queue" / "__init__.py").exists()


def test_every_folder_of_code_is_there() -> None:
    assert [top for top in CODE if not (ROOT / top).is_dir()] == []
