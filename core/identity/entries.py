"""What is written about who somebody is. Nobody has a view of these; their bodies are sealed like all others."""

from typing import Literal

import msgspec

from core.identity.number import NumberKind
from core.log.body import Body
from core.settings import Country

Protection = Literal[
    "sekretessmarkering",
    "skyddad_folkbokforing",
    "fingerade_uppgifter",
    "kode_6",
    "kode_7",
    "kode_19",
]
"""Sweden: a warning to whoever reads the register (OSL 22 kap. 1 §), another address in it (folkbokföringslagen 16 §),
another identity (lag 1991:483). Norway: address strictly confidential (6), confidential (7), strictly confidential and
living abroad (19: NAV's name for it, after forvaltningsloven § 19)."""
PROTECTIONS: dict[Country, tuple[Protection, ...]] = {
    "se": ("sekretessmarkering", "skyddad_folkbokforing", "fingerade_uppgifter"),
    "no": ("kode_6", "kode_7", "kode_19"),
}
"""The kinds each country has."""
Temporary = Literal["", "newborn", "unknown"]
"""Why somebody has no number: not given yet, or not known who they are."""
ProxyBasis = Literal["guardian", "power_of_attorney"]


class PersonRegistered(Body, tag="person_registered", frozen=True, kw_only=True):
    """Somebody is known to the service."""

    temporary: Temporary = ""


class PersonsMerged(Body, tag="persons_merged", frozen=True, kw_only=True):
    """This person turned out to be another one we know: what is known of this one is theirs from here on."""

    into: str
    reason: str


class PersonsParted(Body, tag="persons_parted", frozen=True, kw_only=True):
    """They turned out to be two after all."""

    reason: str


class ProtectionSet(Body, tag="protection_set", frozen=True, kw_only=True):
    """The person's identity is protected, or is no longer (None)."""

    protection: Protection | None
    until_ms: int | None = None
    """When it ends by itself; None: until it is ended."""


class IdentityGiven(Body, tag="identity_given", frozen=True, kw_only=True):
    """A number is this person's. `value` is the number: no other entry holds one."""

    person_id: str
    number: NumberKind
    value: str

    def __repr__(self) -> str:
        return f"IdentityGiven({self.person_id}, {self.number})"


class IdentityEnded(Body, tag="identity_ended", frozen=True, kw_only=True):
    """The person has another number now, or never had this one; `moved`: it is kept under a newer key."""

    why: Literal["replaced", "wrong", "moved"]


class ProxyGiven(Body, tag="proxy_given", frozen=True, kw_only=True):
    """Somebody may stand for a person, as far as the age rules let them."""

    person_id: str
    proxy_id: str
    """Whoever stands for them."""
    basis: ProxyBasis
    shares_address: bool = False
    """Whether the register has the two, or another guardian and the child, at one address."""
    until_ms: int | None = None


class ProxyEnded(Body, tag="proxy_ended", frozen=True, kw_only=True):
    """They stand for the person no more."""


ChangeKind = Literal["merge", "part", "protect", "lift", "proxy", "end_proxy", "number", "end_number"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be changed of who a person is."""

    kind: ChangeKind
    person_id: str
    other_id: str = ""
    """Into whom they are merged, or who stands for them."""
    protection: Protection | None = None
    basis: ProxyBasis | None = None
    shares_address: bool = False
    until_ms: int | None = None
    """When whoever stands for them does so no more."""
    digest: str = ""
    """Of the number that is given or ends; the number itself lies in its own stream alone."""
    wrong: bool = False
    """Of a number that ends: it never was theirs."""


class ChangeProposed(Body, tag="change_proposed", frozen=True, kw_only=True):
    """Somebody wants this changed, and why."""

    change: Change
    reason: str


class ChangeDone(Body, tag="change_done", frozen=True, kw_only=True):
    """It was changed: by who proposed it, where one person may, else by the second."""


class ChangeWithdrawn(Body, tag="change_withdrawn", frozen=True, kw_only=True):
    """It is not to be changed."""

    reason: str
