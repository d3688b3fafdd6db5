"""Vital signs that somebody has measured and typed."""

from chat.vitals.entries import VitalSigns
from web.wire.base import Wire


class TellVitals(Wire, frozen=True, kw_only=True):
    """`vitals:tell`: numbers that were read off, by the patient or by staff; triage reads them."""

    contact_id: str
    client_id: str
    vitals: VitalSigns
    claim_no: int | None = None
    """Staff: the claim they write under."""
