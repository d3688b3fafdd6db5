"""The short form: what `make torture-queue` does for a quarter of an hour, for half a minute."""

import secrets
from pathlib import Path

import pytest

from tests.torture_queue.__main__ import report
from tests.torture_queue.run import SHORT, Run


@pytest.mark.alone
async def test_nobody_is_lost_shared_overtaken_or_left_while_everything_is_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = secrets.randbelow(2**32)
    outcome = await Run(tmp_path, SHORT, seed, lambda _: None).run()
    report(outcome)
    told = capsys.readouterr().out
    assert outcome.findings.told == [], f"repeat it with: make torture-queue SEED={seed} SHORT=1\n{told}"
    assert outcome.findings.claims >= SHORT.claims // 3
    assert sum(outcome.faults.values()) >= 3
