"""One digest over the judgement of many cases: two states of the code that give the same judge alike to the last byte.

`PYTHONPATH=.:queue python -m benchmarks.triage.same [FILE]`: FILE gets a line for each case, to find what differs by.
The cases are every text of the tables of `tests/triage`, and from these: mixed, misspelt, answered, measured and long.
"""

import hashlib
import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import yaml

from benchmarks.triage.letters import letters, misspelt
from triage.assess import assess
from triage.case import Case, CaseLine, Statement
from triage.content import Content, load_content
from triage.content.schema import LANGS

TABLES = Path("tests/triage")
GENERATED = 600


def main() -> None:
    """Judge every case and print how many there were and the digest of all that came out."""
    content = load_content()
    lines = [msgspec.json.encode(assess(case, content)) for case in cases(content)]
    if sys.argv[1:]:
        Path(sys.argv[1]).write_bytes(b"\n".join(lines) + b"\n")
    digest = hashlib.blake2b(b"\n".join(lines), digest_size=16).hexdigest()
    print(f"cases={len(lines)} digest={digest} content={content.version}")


def cases(content: Content) -> Iterator[Case]:
    """The same cases in the same order, as long as the tables stay as they are."""
    chance = random.Random(5)
    told = [case for lang in LANGS for case in _of_tables(lang)]
    yield from told
    for one, other in pairwise(told[::3]):
        texts = (*one.statements, *other.statements)
        yield msgspec.structs.replace(one, statements=texts)
        yield msgspec.structs.replace(one, statements=(Statement(" ".join(text.text for text in texts)),))
    for case in told[::2]:
        wrong = tuple(Statement(misspelt(row.text, chance), lang=row.lang) for row in case.statements)
        yield msgspec.structs.replace(case, statements=wrong)
    yield from _answered(told[::4], content, chance)
    for row in letters(content, GENERATED, seed=11):
        yield Case(statements=(Statement(row["text"], lang="sv"),), age_y=chance.choice((2, 16, 40, 81)), ui_lang="sv")
    yield Case(statements=(Statement(" . ".join(case.statements[0].text for case in told[:60])),))


def _of_tables(lang: str) -> Iterator[Case]:
    """Patients, sentences, everyday words and red flags of one language."""
    rows = _yaml(f"vignettes_{lang}.yaml") + _yaml("everyday.yaml") + _yaml(f"reading_{lang}.yaml")
    rows += _yaml("lay_red_flags.yaml")[lang]
    rows += [{"text": line} for line in _lines(lang)]
    for at, row in enumerate(rows):
        if row.get("lang", lang) == lang and isinstance(row.get("text"), str):
            known = {name: row[name] for name in CaseLine.__struct_fields__ if name in row}
            yield msgspec.convert({"id": at, **known, "lang": lang}, CaseLine).case()


def _lines(lang: str) -> list[str]:
    told = (TABLES / f"said_{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in told if line and not line.startswith("#")]


def _yaml(name: str) -> Any:
    return yaml.safe_load((TABLES / name).read_text(encoding="utf-8"))


def _answered(told: list[Case], content: Content, chance: random.Random) -> Iterator[Case]:
    """What was asked is answered, with yes, no and numbers, and something was measured."""
    for case in told:
        asked = assess(case, content).ask[:3]
        answers: dict[str, bool | float | str] = {}
        for name in asked:
            row = content.question(name)
            answers[name] = chance.random() < 0.5 if row is None or row.kind == "bool" else chance.choice((1, 3, 7, 30))
        vitals = {"temp": chance.choice((36.9, 38.4, 39.6)), "spo2": chance.choice((89, 94, 98))}
        yield msgspec.structs.replace(case, answers=answers, vitals=vitals)


if __name__ == "__main__":
    main()
