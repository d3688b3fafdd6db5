"""Nothing that leads to a protected person leaves: every kind of entry, every reader, every field."""

import re
from typing import Any

import msgspec
import pytest

from core.identity.shown import NOBODY, shown, shown_author, shown_unit
from core.log.body import Author, Body
from core.log.kinds import AUDIENCES, Kind
from web.app import KINDS

LEADS = re.compile(r"place$|phone|address|email|street|relative|photo|picture")
"""What a field is called that leads to where somebody is or how they are reached."""
NAMES = re.compile(r"^name$|_name$")
OF_STAFF = {
    ("case_asked", "name"),
    ("claimed", "name"),
    ("colleague_asked", "to_name"),
    ("hand_over_offered", "to_name"),
    ("handed_over", "name"),
}
"""Names of staff: theirs are shown or not by the directory."""
HOLDS_NOTHING = {("notice_chosen", "address")}
"""Never in anyone's view: `without_address`."""
SECRET = "Hemlig gata 1"


def fields_of(kind: Kind[Any, Any]) -> list[str]:
    return list(kind.body.__struct_fields__)


def filled(body: type[Body]) -> Body:
    """A body whose every text is something secret."""
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(body):
        if field.type is str or field.type == (str | None):
            values[field.name] = SECRET
        elif field.required:
            values[field.name] = _any(field.type)
    return msgspec.convert({**values, "kind": body.__struct_config__.tag}, body)


def _any(kind: Any) -> Any:
    """Some value of a type, by what msgspec says of it."""
    info = msgspec.inspect.type_info(kind)
    match info:
        case msgspec.inspect.LiteralType(values=values):
            return values[0]
        case msgspec.inspect.UnionType(types=types):
            return _plain(types[0])
        case _:
            return _plain(info)


def _plain(info: Any) -> Any:
    match info:
        case msgspec.inspect.StrType():
            return SECRET
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            return 1
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.LiteralType(values=values):
            return values[0]
        case msgspec.inspect.NoneType():
            return None
        case msgspec.inspect.StructType(cls=cls):
            return {field.encode_name: _any(field.type) for field in msgspec.structs.fields(cls) if field.required}
        case msgspec.inspect.DictType():
            return {}
        case _:
            return []


SEEN = [kind for kind in KINDS if kind.views]


@pytest.mark.parametrize("kind", SEEN, ids=lambda kind: kind.name)
def test_every_field_that_leads_to_somebody_is_declared(kind: Kind[Any, Any]) -> None:
    leading = {name for name in fields_of(kind) if LEADS.search(name) and (kind.name, name) not in HOLDS_NOTHING}
    naming = {name for name in fields_of(kind) if NAMES.search(name) and (kind.name, name) not in OF_STAFF}
    assert leading <= set(kind.reveals)
    assert naming <= set(kind.names)
    assert set(kind.reveals) | set(kind.names) <= set(fields_of(kind))


@pytest.mark.parametrize("kind", SEEN, ids=lambda kind: kind.name)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_leads_to_a_protected_person_is_in_no_view_but_their_own(kind: Kind[Any, Any], audience: str) -> None:
    body = filled(kind.body)
    for in_document in (False, True):
        seen = KINDS.view(body, audience, protected=True, in_document=in_document)  # type: ignore[arg-type]
        plain = KINDS.view(body, audience, protected=False)  # type: ignore[arg-type]
        assert (seen is None) == (plain is None)
        if seen is None or (audience == "patient" and not in_document):
            assert seen == plain
            continue
        told = {name: getattr(seen, name) for name in kind.reveals}
        assert set(told.values()) <= {""}
        if in_document:
            assert {getattr(seen, name) for name in kind.names} <= {NOBODY}


def test_somebody_unprotected_is_shown_whole_and_what_is_withheld_says_so() -> None:
    kind = KINDS.named("reach")
    body = filled(kind.body)
    assert KINDS.view(body, "staff", protected=False) == body
    seen: Any = KINDS.view(body, "staff", protected=True)
    assert (seen.place, seen.phone, seen.withheld) == ("", "", True)
    assert shown(body, reveals=(), names=(), to="document") == body


def test_in_a_document_the_patient_has_no_name_and_staff_have() -> None:
    patient, nurse = Author(kind="patient", name=SECRET), Author(kind="staff", name="Sara", role="nurse")
    guest = Author(kind="guest", name=SECRET, role="relative")
    assert shown_author(patient, to="document") == Author(kind="patient", role="patient")
    assert shown_author(guest, to="document") == Author(kind="guest", role="relative")
    assert shown_author(nurse, to="document") == nurse
    assert shown_author(patient, to="staff") == patient


def test_where_in_care_somebody_protected_is_nobody_is_told() -> None:
    assert (shown_unit("Hamnen", protected=True), shown_unit("Hamnen", protected=False)) == ("", "Hamnen")
