"""NEWS2, qSOFA and CRB-65 from measured values. A score with missing values is a lower bound, never a total."""

from collections.abc import Callable

import msgspec

Test = Callable[[float], bool]
Bands = tuple[tuple[float, int], ...]
"""Upper limits, inclusive, each with its points; the last limit is infinite."""
_MAX = float("inf")
RESP: Bands = ((8, 3), (11, 1), (20, 0), (24, 2), (_MAX, 3))
SPO2: Bands = ((91, 3), (93, 2), (95, 1), (_MAX, 0))
SPO2_PRESCRIBED_AIR: Bands = ((83, 3), (85, 2), (87, 1), (_MAX, 0))
SPO2_PRESCRIBED_OXYGEN: Bands = ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2), (_MAX, 3))
SYSTOLIC: Bands = ((90, 3), (100, 2), (110, 1), (219, 0), (_MAX, 3))
PULSE: Bands = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (_MAX, 3))
TEMPERATURE: Bands = ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (_MAX, 2))
NEWS2_ITEMS = ("rr", "spo2", "oxygen", "sbp", "hr", "consciousness", "temp")


class Score(msgspec.Struct, frozen=True):
    """A sum of points: at least `points`, exactly that when nothing is missing, never above `most`."""

    points: int
    highest_single: int
    missing: tuple[str, ...]
    most: int

    @property
    def complete(self) -> bool:
        """Whether `points` is the total."""
        return not self.missing


def news2(vitals: dict[str, float], *, prescribed_88_92: bool = False) -> Score:
    """NEWS2 (Royal College of Physicians 2017) from rr, spo2, oxygen, sbp, hr, consciousness and temp.

    `prescribed_88_92` uses saturation scale 2, only by prescription. Not for children under 16 or in pregnancy.
    """
    points = {name: _news2_points(name, vitals, prescribed_88_92) for name in NEWS2_ITEMS if name in vitals}
    missing = tuple(name for name in NEWS2_ITEMS if name not in vitals)
    total = sum(points.values())
    return Score(total, max(points.values(), default=0), missing, total + 3 * len(missing))


def _news2_points(name: str, vitals: dict[str, float], prescribed: bool) -> int:
    value = vitals[name]
    if name == "oxygen":
        return 2 if value else 0
    if name == "consciousness":
        return 3 if value else 0
    if name == "spo2":
        return _points(_spo2_bands(vitals, prescribed), value)
    return _points({"rr": RESP, "sbp": SYSTOLIC, "hr": PULSE, "temp": TEMPERATURE}[name], value)


def _spo2_bands(vitals: dict[str, float], prescribed: bool) -> Bands:
    if not prescribed:
        return SPO2
    return SPO2_PRESCRIBED_OXYGEN if vitals.get("oxygen") else SPO2_PRESCRIBED_AIR


def _points(bands: Bands, value: float) -> int:
    return next(points for limit, points in bands if value <= limit)


def qsofa(vitals: dict[str, float]) -> Score:
    """qSOFA: respiratory rate 22 or more, systolic pressure 100 or less, altered mentation."""
    return _counted(
        {
            "rr": _at(vitals, "rr", lambda value: value >= 22),
            "sbp": _at(vitals, "sbp", lambda value: value <= 100),
            "consciousness": _at(vitals, "consciousness", bool),
        }
    )


def crb65(vitals: dict[str, float], *, age_y: float | None) -> Score:
    """CRB-65: confusion, respiratory rate 30 or more, systolic 90 or less or diastolic 60 or less, age 65 or more.

    Some sources write systolic below 90; 90 itself counts here, the careful reading.
    """
    low = [_at(vitals, "sbp", lambda value: value <= 90), _at(vitals, "dbp", lambda value: value <= 60)]
    pressure = True if True in low else None if None in low else False
    return _counted(
        {
            "consciousness": _at(vitals, "consciousness", bool),
            "rr": _at(vitals, "rr", lambda value: value >= 30),
            "bp": pressure,
            "age": None if age_y is None else age_y >= 65,
        }
    )


def _at(vitals: dict[str, float], name: str, test: Test) -> bool | None:
    return test(vitals[name]) if name in vitals else None


def _counted(items: dict[str, bool | None]) -> Score:
    missing = tuple(name for name, held in items.items() if held is None)
    points = sum(held is True for held in items.values())
    return Score(points, min(points, 1), missing, points + len(missing))
