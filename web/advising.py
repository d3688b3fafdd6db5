"""Puts together what staff follow, how a contact may end, and what the patient is told to watch for."""

from typing import NamedTuple

from chat.guidance.ending import Endings
from chat.guidance.guidance import Guidance, load_guidance
from chat.safety_net.nets import SafetyNets
from chat.waiting.steps import Steps
from core.log.log import Log
from core.settings import Settings
from web.wire.session import EmergencyNumbers


class Advising(NamedTuple):
    """The parts."""

    guidance: Guidance
    endings: Endings
    safety_nets: SafetyNets


def advising(settings: Settings, log: Log, steps: Steps, *, numbers: EmergencyNumbers) -> Advising:
    """The country's guidance, or the deployment's own. Raises `content_invalid`."""
    guidance = load_guidance(settings.country, settings.guidance, emergency=numbers.emergency, advice=numbers.advice)
    return Advising(guidance, Endings(guidance, steps), SafetyNets(log, steps.meets, guidance))
