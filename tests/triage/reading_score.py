"""How well sentences are read: `.venv/bin/python -m tests.triage.reading_score [--lang sv] [--show] [--folder F]`.

Prints concept F1, negation F1 and the share of right marks by language, apart for what is held back; `--show` names
every miss of what is not held back. `--held` shows those of the held-back third: then it is held back no more.
"""

import argparse
import sys
from pathlib import Path

from tests.triage.said import HERE, Score, rows, score
from triage.content.schema import LANGS


def main() -> None:
    """Score the tables and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=LANGS)
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--held", action="store_true")
    chosen = parser.parse_args()
    for lang in (chosen.lang,) if chosen.lang else LANGS:
        seen, held = Score(), Score()
        for said in rows(lang, chosen.folder):
            score(said, held if said.held_back else seen)
        _show(f"{lang} seen", seen)
        _show(f"{lang} held back", held)
        if chosen.show:
            _name(held if chosen.held else seen)


def _show(name: str, told: Score) -> None:
    marks = " ".join(f"{kind}={right}/{total}" for kind, (right, total) in sorted(told.marks.items()))
    precise = told.found / max(1, told.found + len(told.invented))
    recalled = told.found / max(1, told.found + len(told.missed))
    sys.stdout.write(
        f"{name}: concept_f1={told.concept_f1:.3f} (precision {precise:.3f}, recall {recalled:.3f})"
        f" negation_f1={told.negation_f1:.3f} {marks}\n"
    )


def _name(told: Score) -> None:
    for kind, lines in (("missed", told.missed), ("invented", told.invented), ("wrong", told.wrong)):
        sys.stdout.writelines(f"  {kind} {line}\n" for line in lines)


if __name__ == "__main__":
    main()
