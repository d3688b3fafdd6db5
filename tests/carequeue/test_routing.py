"""Everyone gets to a unit that takes chats, and the log says by which steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.routing import Router
from core.directory.store import Unit
from core.errors import FyrError


def unit(unit_id: str, provider_id: str = "region", *, takes_chat: bool = True) -> Unit:
    return Unit(id=unit_id, provider_id=provider_id, name=unit_id.title(), takes_chat=takes_chat)


UNITS = [
    unit("apotek", "other"),
    unit("hamnen"),
    unit("lyktan"),
    unit("tyst", takes_chat=False),
    unit("ensam", "alone", takes_chat=False),
]


@pytest.mark.parametrize(
    ("chosen", "registered", "unit_id", "reasons"),
    [
        ("lyktan", "hamnen", "lyktan", ("chosen",)),
        (None, "lyktan", "lyktan", ("registered",)),
        ("tyst", "lyktan", "lyktan", ("chosen_takes_no_chat", "registered")),
        ("nowhere", "lyktan", "lyktan", ("chosen_unknown", "registered")),
        (None, "tyst", "hamnen", ("registered_takes_no_chat", "same_provider")),
        ("tyst", None, "hamnen", ("chosen_takes_no_chat", "same_provider")),
        (None, "ensam", "apotek", ("registered_takes_no_chat", "any_unit")),
        (None, None, "apotek", ("any_unit",)),
    ],
)
def test_steps(chosen: str | None, registered: str | None, unit_id: str, reasons: tuple[str, ...]) -> None:
    routed = Router(UNITS).route(chosen=chosen, registered=registered)
    assert (routed.queued.unit_id, routed.queued.reasons) == (unit_id, reasons)
    assert routed.provider_id == next(unit.provider_id for unit in UNITS if unit.id == unit_id)


WISHES = st.none() | st.sampled_from(["a", "b", "c", "nowhere", ""])


@given(st.lists(st.booleans(), min_size=3, max_size=3).filter(any), WISHES, WISHES)
def test_always_ends_at_a_unit_that_takes_chats(takes: list[bool], chosen: str | None, registered: str | None) -> None:
    units = [unit(name, f"provider {name}", takes_chat=chat) for name, chat in zip("abc", takes, strict=True)]
    routed = Router(units).route(chosen=chosen, registered=registered)
    assert next(unit.takes_chat for unit in units if unit.id == routed.queued.unit_id)
    assert routed.queued.reasons


def test_a_region_where_nobody_takes_chats_is_refused_at_start() -> None:
    with pytest.raises(FyrError, match="directory_empty"):
        Router([unit("tyst", takes_chat=False)])
