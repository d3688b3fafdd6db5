"""A short flood: who floods is held to their measure, the node is at fault nowhere and keeps nothing of it."""

from pathlib import Path

import pytest

from tests.flood.flood import flood

AT_ONCE, A_SECOND = 60, 2
"""A patient's measure: docs/settings.md."""
KEPT_KIB = 8 * 1024
"""An allocator's ups and downs; forty thousand messages kept would be at least five times that."""


@pytest.mark.alone
async def test_a_flood_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    figures = await flood(tmp_path, rounds=4, messages=10_000, lasts_s=2.0)
    assert figures.sent > AT_ONCE
    assert figures.answers["too_fast"] > 0
    assert set(figures.answers) == {"ok", "too_fast"}
    assert figures.faults == 0
    assert figures.grown_kib < KEPT_KIB
    assert len(figures.calm_flooded_ms) > 0
