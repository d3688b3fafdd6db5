"""What the log says of vital signs: which were measured, each by its name in `triage.case.Case`."""

import msgspec

from core.log.body import Body

WEIGHT_KG = (0.3, 400.0)
"""Nobody weighs less or more; every other sign has its bounds in `triage.pipeline.measure`."""


class VitalSigns(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Numbers somebody read off. None: not measured, which says nothing of the sign."""

    temp: float | None = None
    """°C"""
    spo2: float | None = None
    """%"""
    hr: float | None = None
    """Beats a minute."""
    rr: float | None = None
    """Breaths a minute."""
    sbp: float | None = None
    """Systolic pressure, mmHg."""
    dbp: float | None = None
    """Diastolic pressure, mmHg; never without the systolic."""
    weight: float | None = None
    """kg"""


class VitalsTold(Body, tag="vitals_told", frozen=True, kw_only=True):
    """Somebody has measured, and typed what they read. By whom is the entry's author."""

    vitals: VitalSigns


def values_of(vitals: VitalSigns) -> dict[str, float]:
    """What was measured, by name, in the order of the fields."""
    named = ((name, getattr(vitals, name)) for name in VitalSigns.__struct_fields__)
    return {name: value for name, value in named if value is not None}
