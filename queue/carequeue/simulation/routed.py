"""Where those who come go: by the product's own policies and the rules it ships with."""

from collections.abc import Iterable

from carequeue.deadlines import Deadlines
from carequeue.routing.policies import at_last, where, who
from carequeue.routing.route import RegionNow, Seeker, Team, UnitNow
from carequeue.routing.rules import RoutingRules, load_routing
from carequeue.simulation.arrivals import UNITS, Arrival
from carequeue.simulation.staffing import NURSES, on_duty
from core.directory.store import Unit

LANG = "sv"


def routed(arrivals: Iterable[Arrival], deadlines: Deadlines) -> list[Arrival]:
    """Everybody at the unit that routing gives; each is registered at the one they were drawn for.

    Here nobody needs a language or a skill that not every nurse has: the desks in memory know none.
    """
    rules = load_routing()
    units = {
        unit_id: Unit(id=unit_id, provider_id="region", name=unit_id, takes_chat=True) for unit_id in sorted(UNITS)
    }
    team = Team(rules.of(""), {nurse.staff_id: frozenset({f"lang:{LANG}"}) for nurse in NURSES})
    return [one._replace(unit_id=_goes(one, units, rules, deadlines=deadlines, team=team)) for one in arrivals]


def _goes(one: Arrival, units: dict[str, Unit], rules: RoutingRules, *, deadlines: Deadlines, team: Team) -> str:
    def now(unit_id: str) -> UnitNow:
        manned = bool(on_duty(one.arrived_ms))
        is_open = manned or deadlines.opens_ms(unit_id, one.arrived_ms) == one.arrived_ms
        return UnitNow(unit=units[unit_id], rules=rules.of(unit_id), is_open=is_open)

    seeker = Seeker(level=one.level, lang=LANG, registered=one.unit_id)
    route = at_last(who(where(seeker, RegionNow(units, now, rules.services)), seeker, team), seeker)
    assert not route.needs - {f"lang:{LANG}"}, route.needs
    return route.unit_id
