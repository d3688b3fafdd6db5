"""Keys, seals and the chain: what was sealed opens only where it belongs, and no link can be made without the key."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FyrError
from core.log.seal import FIRST_LINK, Chain, MasterKeys, Sealer, salted_digest, unwrap_key, wrap_new_key


@given(data=st.binary(max_size=300), context=st.text(max_size=20), other=st.text(max_size=20))
def test_a_seal_opens_in_its_own_context_only(data: bytes, context: str, other: str) -> None:
    sealer = Sealer(bytes(32))
    sealed = sealer.seal(data, context)
    assert sealer.open(sealed, context) == data
    if other != context:
        with pytest.raises(FyrError, match="log_broken"):
            sealer.open(sealed, other)


@given(data=st.binary(min_size=1, max_size=60), position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_single_changed_bit_does_not_open(data: bytes, position: int, bit: int) -> None:
    sealer = Sealer(bytes(32))
    sealed = bytearray(sealer.seal(data, "here"))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(FyrError, match="log_broken"):
        sealer.open(bytes(sealed), "here")


def test_a_stream_key_survives_a_new_master_key_as_long_as_the_old_is_listed() -> None:
    old = MasterKeys.generate("old")
    key, wrapped = wrap_new_key(MasterKeys.parse(old), "contact:1")
    both = MasterKeys.parse(f"{MasterKeys.generate('new')},{old}")
    assert both.current == "new"
    assert unwrap_key(both, "contact:1", wrapped) == key
    with pytest.raises(FyrError, match="lacks the key old"):
        unwrap_key(MasterKeys.parse(MasterKeys.generate("new")), "contact:1", wrapped)
    with pytest.raises(FyrError, match="log_broken"):
        unwrap_key(both, "contact:2", wrapped)


@pytest.mark.parametrize("text", ["", "k1", "k1:", "k1:AAAA", ":" + "A" * 44, "k1:" + "!" * 44])
def test_a_key_that_is_none_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(FyrError, match="FYR_KEYS") as refused:
        MasterKeys.parse(text)
    assert "AAAA" not in str(refused.value)


def test_links_depend_on_key_history_and_header() -> None:
    chain, other = Chain(b"k" * 32), Chain(b"x" * 32)
    link = chain.next_link(FIRST_LINK, b"header")
    assert link == chain.next_link(FIRST_LINK, b"header")
    assert link == hmac.digest(b"k" * 32, FIRST_LINK + b"header", "sha256")
    assert len({link, other.next_link(FIRST_LINK, b"header"), chain.next_link(link, b"header")}) == 3


def test_the_same_body_never_has_the_same_digest_twice() -> None:
    assert salted_digest(b"a" * 16, b"ont i halsen") != salted_digest(b"b" * 16, b"ont i halsen")
