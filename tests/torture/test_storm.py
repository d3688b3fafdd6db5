"""The short storm: what `make torture` does for a quarter of an hour, for a minute."""

import secrets
from pathlib import Path

import pytest

from tests.torture.__main__ import report
from tests.torture.storm import SHORT, Storm

FAULTS = 10
ACKNOWLEDGED = 1_000


@pytest.mark.alone
async def test_nothing_acknowledged_is_lost_while_everything_is_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = secrets.randbelow(2**32)
    outcome = await Storm(tmp_path, SHORT, seed, lambda _: None).run()
    report(outcome)
    told = capsys.readouterr().out
    assert outcome.findings.clean, f"repeat it with: make torture SEED={seed} SHORT=1\n{told}"
    assert sum(outcome.faults.values()) >= FAULTS
    assert min(outcome.faults.values()) >= 1
    assert outcome.findings.acknowledged >= ACKNOWLEDGED
