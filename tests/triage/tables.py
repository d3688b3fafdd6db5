"""The made-up patients as `fyr evaluate` reads them: `python -m tests.triage.tables FOLDER` writes two files."""

import hashlib
import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from triage.content.schema import LANGS

HERE = Path(__file__).parent


@lru_cache(maxsize=3)
def patients(lang: str) -> tuple[dict[str, Any], ...]:
    """The patients of one language."""
    return tuple(yaml.safe_load((HERE / f"vignettes_{lang}.yaml").read_text(encoding="utf-8")))


def held_back(patient: dict[str, Any]) -> bool:
    """Every third patient, by hash of id, is not looked at while content is mended.

    `looked_at`: somebody did, after the first figures were taken, and content was mended for the whole batch.
    """
    if patient.get("looked_at"):
        return False
    return int(hashlib.sha256(patient["id"].encode()).hexdigest(), 16) % 3 == 0


def main(folder: Path) -> None:
    """Write both files."""
    for name, held in (("seen", False), ("held_back", True)):
        rows = [
            json.dumps({"lang": lang, **patient}, ensure_ascii=False)
            for lang in LANGS
            for patient in patients(lang)
            if held_back(patient) is held
        ]
        (folder / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
