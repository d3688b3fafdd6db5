"""A routing service of one's own: found by an entry point, asked in time, followed only where that can be."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.deadlines import LEVELS
from carequeue.routing import own
from carequeue.routing.own import Choice, as_chosen, find_service
from carequeue.routing.policies import at_last
from carequeue.routing.route import Route, Seeker
from carequeue.routing.rules import RoutingRules, parse_routing
from core.errors import FyrError
from tests.carequeue.test_routing import IDS, RULES, region

CODE = """
from carequeue.routing.own import Choice

class Service:
    async def check(self):
        pass

    async def choose(self, seeker, ours):
        return Choice("lyktan", frozenset({"lang:ar"}))

class Broken(Service):
    async def check(self):
        raise OSError("no catalogue")

class Mute:
    async def check(self):
        pass
"""


@pytest.fixture(scope="module")
def rules() -> RoutingRules:
    return parse_routing(RULES)


class Chooses:
    """A service that answers what it is told to."""

    def __init__(self, choice: object, *, after_s: float = 0.0) -> None:
        self._choice = choice
        self._after_s = after_s

    async def check(self) -> None:
        pass

    async def choose(self, seeker: Seeker, ours: Choice) -> Choice:
        await asyncio.sleep(self._after_s)
        if isinstance(self._choice, Exception):
            raise self._choice
        return self._choice  # type: ignore[return-value]


async def asked(
    rules: RoutingRules, choice: object, *, seeker: Seeker, closed: frozenset[str] = frozenset(), after_s: float = 0.0
) -> Route:
    ours = Route(unit_id="hamnen", needs=frozenset({"skill:child"}))
    now = region(rules, closed=closed)
    return at_last(await as_chosen(Chooses(choice, after_s=after_s), ours, seeker, region=now), seeker)


async def test_what_it_chooses_is_followed_and_told(rules: RoutingRules) -> None:
    route = await asked(rules, Choice("lyktan", frozenset({"lang:ar"})), seeker=Seeker("urgent"))
    assert (route.unit_id, set(route.needs)) == ("lyktan", {"lang:ar"})
    assert [(step.policy, step.outcome, step.unit_id) for step in route.steps] == [("own", "met", "lyktan")]


async def test_agreeing_leaves_no_step(rules: RoutingRules) -> None:
    route = await asked(rules, Choice("hamnen", frozenset({"skill:child"})), seeker=Seeker("urgent"))
    assert route.steps == ()


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        (Choice("nowhere", frozenset()), "refused"),
        (Choice("tyst", frozenset()), "refused"),
        (Choice("lyktan", frozenset({"everything"})), "refused"),
        ("lyktan", "refused"),
        (Choice("lyktan", None), "refused"),  # type: ignore[arg-type]
        (Choice(["lyktan"], frozenset()), "refused"),  # type: ignore[arg-type]
        (OSError("away"), "failed"),
    ],
)
async def test_an_answer_that_cannot_be_leaves_our_way(rules: RoutingRules, choice: object, outcome: str) -> None:
    route = await asked(rules, choice, seeker=Seeker("urgent"))
    assert (route.unit_id, set(route.needs)) == ("hamnen", {"skill:child"})
    assert [(step.policy, step.outcome) for step in route.steps] == [("own", outcome)]


async def test_nobody_waits_for_it(rules: RoutingRules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "ANSWERS_WITHIN_S", 0.01)
    route = await asked(rules, Choice("lyktan", frozenset()), seeker=Seeker("urgent"), after_s=0.1)
    assert [step.outcome for step in route.steps] == ["failed"]


CHOICES = st.builds(
    Choice,
    unit_id=st.sampled_from([*IDS, "nowhere"]),
    needs=st.frozensets(st.sampled_from(["lang:ar", "skill:child", "staff:sara", "?"]), max_size=3),
)


@given(level=st.sampled_from(LEVELS), choice=CHOICES, closed=st.frozensets(st.sampled_from(IDS)))
async def test_whatever_it_answers_nobody_who_cannot_wait_is_sent_where_it_is_closed_nor_an_immediate_held_back(
    rules: RoutingRules, level: str, choice: Choice, closed: frozenset[str]
) -> None:
    route = await asked(rules, choice, seeker=Seeker(level), closed=closed)  # type: ignore[arg-type]
    assert region(rules).units[route.unit_id].takes_chat
    if level == "immediate":
        assert route.needs == frozenset()
    if not Seeker(level).can_wait:  # type: ignore[arg-type]
        assert route.unit_id == "hamnen" or route.unit_id not in closed


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with entry points, as pip leaves it."""
    (tmp_path / "region_routing.py").write_text(CODE, "utf-8")
    told = tmp_path / "region_routing-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: region-routing\nVersion: 1.0\n", "utf-8")
    points = ("good = region_routing:Service", "broken = region_routing:Broken", "mute = region_routing:Mute")
    (told / "entry_points.txt").write_text(
        "\n".join(("[fyr.routing]", *points, "gone = nothing_here:Service")), "utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))


async def test_it_is_found_by_its_entry_point(installed: None) -> None:
    service = await find_service("good")
    assert service is not None
    assert await service.choose(Seeker("urgent"), Choice("hamnen", frozenset())) == Choice(
        "lyktan", frozenset({"lang:ar"})
    )
    assert await find_service("") is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("unknown", "names 0 entry points"),
        ("broken", "does not start (OSError)"),
        ("gone", "does not start (ModuleNotFoundError)"),
        ("mute", "no `check` or no `choose`"),
    ],
)
async def test_one_that_cannot_serve_stops_the_start(installed: None, name: str, problem: str) -> None:
    with pytest.raises(FyrError) as refusal:
        await find_service(name)
    assert problem in str(refusal.value.data["problems"])
