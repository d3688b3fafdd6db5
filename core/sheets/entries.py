"""What is written of sheets, each in the stream of whom or what it is about. Nobody has a view of these."""

from typing import Any

from core.log.body import Body


class SheetsFound(Body, tag="sheets_found", frozen=True, kw_only=True):
    """How a subject was before anything was decided of it here: from a region's file, or an earlier release."""

    sheets: dict[str, Any]


class SheetProposed(Body, tag="sheet_proposed", frozen=True, kw_only=True):
    """A sheet is to be so. What can lower no safety holds from here on; all else waits for a second person."""

    sheet: str
    value: Any
    """Plain values; None: the standard."""
    base: int
    """The number of the entry by which the sheet is in force that this was made from; 0: of none."""
    lowers: tuple[str, ...]
    """The ways in which it can lower safety, as the rule said when it was proposed."""
    founding: bool = False
    """Of a care giver that nobody administers yet: there is nobody who could approve it, and nothing to be lowered."""
    reason: str


class SheetApproved(Body, tag="sheet_approved", frozen=True, kw_only=True):
    """A second person has looked at what entry `of_no` proposed: it holds from here on."""

    of_no: int


class SheetWithdrawn(Body, tag="sheet_withdrawn", frozen=True, kw_only=True):
    """It is not to be."""

    of_no: int
    reason: str


class WayGiven(Body, tag="way_given", frozen=True, kw_only=True):
    """Whoever signs in by this is that member of staff. The stream's name has the digest."""

    staff_id: str


class WayEnded(Body, tag="way_ended", frozen=True, kw_only=True):
    """Nobody is known by it any more."""
