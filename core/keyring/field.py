"""Single fields of rows that say who somebody is, sealed in their column. The text tells which master key opens it."""

import base64

from core.log.seal import MasterKeys, Sealer

MARK = "sealed:"
USE = "field"


def field_key(kept: str) -> str:
    """The name of the master key a field is sealed with; empty when it lies in clear, as fields once did."""
    return kept.removeprefix(MARK).partition("|")[0] if kept.startswith(MARK) else ""


class Fields:
    """Seals and opens with the master keys."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters
        self._sealers: dict[str, Sealer] = {}

    def seal(self, text: str, context: str) -> str:
        """The text as its column keeps it; it opens only in this context (table, row and column)."""
        name = self._masters.current
        sealed = self._sealer(name).seal(text.encode(), context)
        return f"{MARK}{name}|{base64.b64encode(sealed).decode()}"

    def open(self, kept: str, context: str) -> str:
        """The text. Raises `log_broken` when it was altered or belongs elsewhere, `settings_invalid` without a key."""
        name = field_key(kept)
        if not name:
            return kept
        sealed = base64.b64decode(kept.partition("|")[2])
        return self._sealer(name).open(sealed, context).decode()

    def _sealer(self, name: str) -> Sealer:
        if name not in self._sealers:
            self._sealers[name] = Sealer(self._masters.derived(name, USE))
        return self._sealers[name]


def person_name(person_id: str) -> str:
    """The context of a person's name."""
    return f"person/{person_id}/name"
