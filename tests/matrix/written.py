"""The tables of docs/access.md, read as they are written."""

from functools import cache

from core.access.rights import ROLE_NAMES, Right, RoleName
from tests.project.sources import ROOT

PAGE = ROOT / "docs" / "access.md"
OF_CONTACTS: tuple[Right, ...] = ("read", "write", "claim", "visit")


@cache
def _rows(after: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    lines = PAGE.read_text("utf-8").partition(f"## {after}\n")[2].partition("\n## ")[0].splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@cache
def of_roles() -> dict[RoleName, frozenset[str]]:
    """The rights of each role at its own unit."""
    rights = [(row[0].partition(":")[0], row[1:]) for row in _rows("Roles and rights")]
    return {
        role: frozenset(right for right, cells in rights if cells[place] == "yes")
        for place, role in enumerate(ROLE_NAMES)
    }


@cache
def of_circumstances() -> dict[str, dict[str, str]]:
    """For each circumstance what a contact's rights are: yes, role, or nothing."""
    rows = _rows("How far anyone gets to a contact")
    return {row[0]: dict(zip(OF_CONTACTS, row[1:], strict=True)) for row in rows}
