"""Which of a service's units answers for a patient: by where they are registered, by municipality or by hospital.

Sweden: hälso- och sjukvårdslag (2017:30), 7-8 kap. (the region) and 11-12 kap. (the municipality). Norway:
LOV-2011-06-24-30 §§ 3-1 and 3-2 (the municipality and its GPs), LOV-1999-07-02-61 § 2-1 a (the hospital's area).
"""

from collections.abc import Sequence

from carequeue.routing.route import RegionNow
from carequeue.routing.rules import Responsible, UnitRules
from core.directory.store import Unit


def responsible(
    by: Responsible, offering: Sequence[Unit], *, home: UnitRules | None, registered: str, region: RegionNow
) -> Unit | None:
    """The first of these units that answers for whom is registered there; None where none does, or it is not known.

    `home`: the rules of the unit where the patient is registered, which say in whose area they live.
    """
    if by == "gp":
        return next((unit for unit in offering if unit.id == registered), None)
    area = getattr(home, by) if home is not None else ""
    of_area = (unit for unit in offering if area and getattr(region.now(unit.id).rules, by) == area)
    return next(of_area, None)
