"""The short form: what `make race-booking` does with five hundred patients, with forty."""

import secrets
from pathlib import Path

import pytest

from tests.race_booking.__main__ import report
from tests.race_booking.race import SHORT, Race


@pytest.mark.alone
async def test_no_time_is_given_twice_or_lost_while_nodes_are_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = secrets.randbelow(2**32)
    found = await Race(tmp_path, SHORT, seed, lambda _: None).run()
    report(found)
    told = capsys.readouterr().out
    assert (found.double, found.lost, found.idle) == (0, 0, 0), f"make race-booking SEED={seed} SHORT=1\n{told}"
    assert found.booked == SHORT.slots, told
