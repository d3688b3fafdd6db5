"""Keys of the browser's outbox: the same person gets the same one again, nobody else does."""

import pytest

from core.errors import FyrError
from core.log.seal import MasterKeys
from core.session.outbox_key import OutboxKeys

OLD, NEW = MasterKeys.generate("k1"), MasterKeys.generate("k.2")


def test_the_same_person_gets_the_same_key_again_also_after_a_rotation() -> None:
    given = OutboxKeys(MasterKeys.parse(OLD)).new("patient:astrid")
    rotated = OutboxKeys(MasterKeys.parse(f"{NEW},{OLD}"))
    assert rotated.again("patient:astrid", given.key_id) == given
    fresh = rotated.new("patient:astrid")
    assert fresh.key_id.startswith("k.2.")
    assert rotated.again("patient:astrid", fresh.key_id) == fresh


def test_every_key_is_another_and_its_name_tells_nobody_whose_it_is() -> None:
    keys = OutboxKeys(MasterKeys.parse(OLD))
    one, other = keys.new("patient:astrid"), keys.new("patient:astrid")
    assert one.key != other.key
    assert len(one.key) == 32
    assert "astrid" not in one.key_id


@pytest.mark.parametrize("altered", ["", "k1", "k1.", "k9." + "0" * 64, "k1.zz" + "0" * 62, "å.ö"])
def test_a_name_that_is_not_ones_own_gives_nothing(altered: str) -> None:
    keys = OutboxKeys(MasterKeys.parse(OLD))
    for key_id in (altered, keys.new("patient:nils").key_id, keys.new("patient:astrid").key_id + "0"):
        with pytest.raises(FyrError) as refusal:
            keys.again("patient:astrid", key_id)
        assert refusal.value.code == "not_found"
