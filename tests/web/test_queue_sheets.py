"""Where contacts go, who is told of the late, how soon offers are answered, what is sent: what takes two and holds."""

from typing import Any

import pytest

from core.sheets.sheet import judge, plain, read
from tests.web.client import Somebody
from tests.web.test_directory import altered, approve, change, sheet_of, two
from tests.web.test_two_persons import SHEETS, around, lowers
from web.node import Node

__all__ = ["two"]


async def test_where_contacts_go_and_who_is_told_of_the_late_is_decided_by_two_and_goes_at_once(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    levels = (await sheet_of(adam, "unit", "hamnen", "late"))["value"]["late"]["levels"]
    levels["urgent"]["lead_after_min"] += 1
    for sheet, value in (("routing", {"overflow": ["lyktan"]}), ("late", {"levels": levels, "stands_in": "lyktan"})):
        told = await change(adam, "unit", "hamnen", sheet, **value)
        assert (node.router.rules.of("hamnen").overflow, node.late_rules.stands_in_for("hamnen")) != ((), "lyktan")
        await approve(ida, told)
    assert node.router.rules.of("hamnen").overflow == ("lyktan",)
    assert node.late_rules.stands_in_for("hamnen") == "lyktan"
    assert node.late_rules.of("hamnen", "urgent").lead_after_min == levels["urgent"]["lead_after_min"]
    assert node.late_rules.stands_in_for("lyktan") is None
    for sheet, value, code in (
        ("routing", {"overflow": ["strand"]}, "of_another_provider"),
        ("routing", {"language_min": {}}, "needed"),
        ("late", {"stands_in": "hamnen"}, "itself"),
    ):
        asked = {"of": "unit", "of_id": "hamnen", **altered(await sheet_of(adam, "unit", "hamnen", sheet), **value)}
        assert code in {one["code"] for one in (await adam.call("directory:foresee", asked=asked))["faults"]}


TEXT = {"lang": "sv", "abbreviation": "hej", "title": "Hej", "text": "Hej {name}!", "review_on": "2027-05-01"}


@pytest.mark.parametrize(
    ("name", "changed", "expected", "back"),
    [
        ("routing", {"languages": ["sv", "nb"]}, ("languages_changed",), ("languages_changed",)),
        (
            "routing",
            {"competence": [{"need": "skill:child", "below_y": 2}]},
            ("held_back_longer",),
            ("skill_not_asked",),
        ),
        ("routing", {"overflow": ["lyktan"]}, ("overflow_changed",), ("overflow_changed",)),
        ("routing", {"daily_cap": 40}, ("fewer_a_day",), ("more_a_day",)),
        ("routing", {"continuity_min": 3}, ("held_back_longer",), ()),
        ("routing", {"municipality": "fyrby"}, ("other_patients",), ("other_patients",)),
        ("late", {"stands_in": "lyktan"}, ("stand_in_changed",), ("stand_in_changed",)),
        ("late", {"levels": {"urgent": {"lead_after_min": 16}}}, ("lead_told_later",), ()),
        ("late", {"levels": {"urgent": {"next_unit_after_min": 31}}}, ("moved_later",), ()),
        ("hand_over", {"answer_min": {"urgent": 6}}, ("answered_later",), ()),
        ("hand_over", {"beside_min": 16}, ("beside_changed",), ("beside_changed",)),
        ("hand_over", {"then": "lead"}, ("goes_elsewhere",), ("goes_elsewhere",)),
        ("templates", {"templates": {"t": TEXT}}, ("text_shared",), ()),
    ],
)
def test_where_contacts_go_and_what_is_sent_is_not_changed_for_the_worse_by_one(
    name: str, changed: dict[str, Any], expected: tuple[str, ...], back: tuple[str, ...]
) -> None:
    sheet = next(one for one in SHEETS if one.name == name)
    assert sheet.standard is not None
    before = plain(sheet.standard("hamnen"))
    after = merged(before, changed)
    assert lowers(name, before, after, around()) == expected
    assert lowers(name, after, before, around()) == back


def merged(one: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    both = {key: merged(one[key], value) for key, value in more.items() if isinstance(value, dict) and key in one}
    return {**one, **more, **both}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"text": "Hej {namn}!"}, "no_such_place"),
        ({"title": " "}, "empty"),
        ({"abbreviation": "Hej!"}, "not_an_abbreviation"),
        ({"review_on": "snart"}, "not_a_day"),
        ({"lang": "sv"}, "abbreviation_twice"),
    ],
)
def test_a_text_that_could_not_be_used_is_not_shared(value: dict[str, str], code: str) -> None:
    sheet = next(one for one in SHEETS if one.name == "templates")
    asked = {"templates": {"a": {**TEXT, "lang": "sv"}, "b": {**TEXT, "lang": "nb", **value}}}
    verdict = judge(sheet, (read(sheet, {}), read(sheet, asked)), around())
    assert [(one.code, one.where) for one in verdict.faults] == [(code, "templates.b")]
