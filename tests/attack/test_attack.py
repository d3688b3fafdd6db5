"""The attack in short: nobody gets in, nothing of the server fails, and everyone else is answered all the while."""

import subprocess
from pathlib import Path

import pytest

from tests.attack.attack import SHORT, attack
from tests.attack.ledger import BlindError, Ledger
from tests.project.sources import ROOT

FAMILIES = {
    "bombs", "cross-site socket", "fixation", "forged change", "forged token", "guest links", "header injection",
    "idle sockets", "mixed-up issuer", "names", "no token", "other's key", "others' ids", "others' paths", "oversized",
    "replayed token", "slow loris", "smuggling", "stored script", "traversal", "wrong codes", "wrong guest codes",
    "wrong verifier",
}  # fmt: skip


@pytest.fixture(scope="module")
def provider() -> None:
    """The OpenID provider lies there: also for who runs this file alone."""
    subprocess.run([ROOT / "tooling" / "provider.sh"], check=True)


@pytest.mark.usefixtures("provider")
async def test_nobody_gets_in_and_everyone_else_is_answered(tmp_path: Path) -> None:
    ledger = await attack(tmp_path, SHORT)
    assert ledger.got_in == []
    assert ledger.server_errors == []
    assert ledger.unanswered == []
    assert set(ledger.attacks) >= FAMILIES
    assert ledger.attacks.total() > 2_000
    assert ledger.controls > 15


def test_the_line_that_counts_tells_of_everything() -> None:
    ledger = Ledger()
    ledger.tried("a", "kept out", got_in=False)
    ledger.tried("a", "let in", got_in=True)
    ledger.status(403, "refused")
    ledger.status(500, "failed")
    ledger.unanswered.append("GET /")
    assert ledger.result == "RESULT attacks=2 got_in=1 server_errors=1 unanswered=1"


def test_a_control_that_fails_ends_the_run() -> None:
    with pytest.raises(BlindError):
        Ledger().control("the owner gets in", holds=False)
