"""A member of staff whose name is not shown: their role is, and they act as anyone does."""

from datetime import date

from core.directory.store import Directory, Region, Registered, Unit
from core.storage.sql import Database

REGION = Region(
    providers=(Region.Provider(id="p", name="P"),),
    units=(Unit(id="u", provider_id="p", name="U", takes_chat=True),),
    persons=(Registered(id="x", name="X", born_on=date(1980, 1, 1), sex=None, unit_id="u"),),
    staff=(
        Region.StaffMember(id="hidden", name="Hemlig Person", roles={"u": "nurse"}, protected=True),
        Region.StaffMember(id="open", name="Öppen Person", roles={"u": "nurse"}),
    ),
)


async def test_no_name_of_somebody_protected_leaves_the_directory(database: Database) -> None:
    directory = Directory(database)
    await directory.load(REGION)
    hidden, shown = await directory.actor("staff:hidden"), await directory.actor("staff:open")
    assert hidden is not None
    assert shown is not None
    assert (hidden.name, shown.name) == ("", "Öppen Person")
    assert [role.role for role in hidden.roles] == ["nurse"]
    assert [(one.staff_id, one.name) for one in await directory.staff_at("u")] == [
        ("hidden", ""),
        ("open", "Öppen Person"),
    ]
