"""What was tried, and how it ended."""

from collections import Counter
from dataclasses import dataclass, field

SERVER_ERROR = 500
NOT_READY = 503


class BlindError(Exception):
    """A way in that must be open was shut, or a harmless thing looked harmful: the verdicts would mean nothing."""


@dataclass(slots=True)
class Ledger:
    """One run. An attack counts when it was carried out, and is `got_in` when it achieved what it was for."""

    attacks: Counter[str] = field(default_factory=Counter)
    got_in: list[str] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    controls: int = 0

    def tried(self, family: str, what: str, *, got_in: bool) -> None:
        """One attack and its verdict."""
        self.attacks[family] += 1
        if got_in:
            self.got_in.append(f"{family}: {what}")

    def status(self, status: int, what: str) -> None:
        """Note an answer that tells of a failure of the server."""
        if status >= SERVER_ERROR:
            self.server_errors.append(f"{what}: {status}")

    def control(self, what: str, *, holds: bool) -> None:
        """The same way, for someone who may. Raises `BlindError` when it does not work for them."""
        if not holds:
            raise BlindError(what)
        self.controls += 1

    @property
    def result(self) -> str:
        """The line that counts."""
        return (
            f"RESULT attacks={self.attacks.total()} got_in={len(self.got_in)} "
            f"server_errors={len(self.server_errors)} unanswered={len(self.unanswered)}"
        )
