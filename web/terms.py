"""The terms a node goes by: what its files say, and what units have decided since. Made once, read by everything.

What units decide is taken in by `web.unit_sheets`, into these very objects.
"""

from functools import partial
from typing import Any, NamedTuple

from care.booking.rules import UnitRules, load_booking_rules
from care.followup.programme import Programme, load_programmes
from carequeue.capacity import Capacity, load_capacity
from carequeue.deadlines import Deadlines, load_deadlines
from carequeue.handover.sheet import hand_over_sheet
from carequeue.handover.times import HandOverTimes, load_hand_over_times
from carequeue.late.sheet import late_sheet
from carequeue.late.times import LateRules, load_late_rules
from carequeue.routing.rules import RoutingRules, load_routing
from carequeue.routing.sheet import routing_sheet
from carequeue.sheets import queue_sheets
from chat.template_sheet import SharedTemplates, templates_sheet
from chat.waiting.sheet import silence_sheet
from chat.waiting.steps import Meeting, Steps
from chat.waiting.times import load_waiting_times
from core.directory import sheets as of_directory
from core.log.state import State
from core.on_call.port import OnCall
from core.on_call.sheet import on_call_sheet
from core.retention.rules import DAY_MS, load_rules
from core.rollout.readiness import READINESS
from core.rollout.rules import FunctionRules, load_standard
from core.rollout.sheet import functions_sheet
from core.settings import Settings
from core.sheets.sheet import Sheet, Sheets
from core.zones import day_of
from rtc.sheet import VisitRules, visit_sheet
from rtc.state import Visit
from rtc.turn import has_turn


class Terms(NamedTuple):
    """What is promised, how much is given, when something happens by itself."""

    deadlines: Deadlines
    capacity: Capacity
    steps: Steps
    routing: RoutingRules
    visits: VisitRules
    late: LateRules
    hand_over: HandOverTimes
    templates: SharedTemplates
    booking: UnitRules
    functions: FunctionRules
    programmes: dict[str, Programme]


def load_terms(settings: Settings) -> Terms:
    """As the files say. Raises `content_invalid`."""
    return Terms(
        deadlines=load_deadlines(settings.country),
        capacity=load_capacity(),
        steps=waiting_steps(settings),
        routing=load_routing(settings.routing),
        visits=VisitRules(),
        late=load_late_rules(),
        hand_over=load_hand_over_times(settings.hand_over_times),
        templates=SharedTemplates(),
        booking=load_booking_rules(settings.booking_rules),
        functions=FunctionRules(load_standard(demo=settings.demo), day_of=partial(day_of, settings.country)),
        programmes=load_programmes(),
    )


def waiting_steps(settings: Settings) -> Steps:
    """The rules with the times in force. Raises `content_invalid`."""
    rules = load_rules(settings.country, settings.retention)
    kept_ms = rules.classes["notice_wish"].keep_days * DAY_MS
    return Steps(load_waiting_times(settings.country, settings.waiting_times), in_visit, wish_kept_ms=kept_ms)


def in_visit(state: State) -> Meeting:
    """Whether a visit is going on, and when the last one was: people who see each other are not silent."""
    visit = state.get(Visit)
    return Meeting(going_on=bool(visit.visit_id), last_ms=visit.met_ms)


def make_sheets(settings: Settings, terms: Terms, on_call: OnCall) -> Sheets:
    """Every sheet this service knows, in the order in which they are shown."""
    of_units: tuple[Sheet[Any], ...] = (
        *queue_sheets(terms.deadlines, terms.capacity, settings.country),
        routing_sheet(terms.routing, terms.deadlines),
        late_sheet(terms.late),
        hand_over_sheet(terms.hand_over),
        silence_sheet(terms.steps.times),
        on_call_sheet(on_call, settings),
        visit_sheet(terms.visits, has_turn=has_turn(settings.turn_urls), has_recogniser=bool(settings.captions_url)),
        templates_sheet(terms.templates),
        READINESS,
        functions_sheet(terms.functions),
    )
    return Sheets((of_directory.PROVIDER, of_directory.UNIT, *of_units, *of_directory.OF_STAFF))
