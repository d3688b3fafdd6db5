"""Kinds of OpenID providers as data, and the deployment's file that names its own. Checked whole at the start."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from core.actor import Assurance
from core.directory.store import LoginKind
from core.errors import FyrError
from core.session.proof import DEMO, GUEST, enough

When = Literal["required", "when_offered", "never"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ID = re.compile(r"[a-z][a-z0-9_-]{0,30}")
STRONG = ("ES256", "PS256", "RS256")
"""Signatures of tokens that are taken: never none, never a shared secret (RFC 8725, 3.1-3.2)."""


class IdentityClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that says who someone is."""

    claim: str
    kind: LoginKind


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a kind of provider is like."""

    people: Literal["patient", "staff"]
    scopes: tuple[str, ...]
    par: When
    """Whether the request is pushed (RFC 9126)."""
    dpop: When
    """Whether tokens are bound to a key of ours (RFC 9449)."""
    identity: tuple[IdentityClaim, ...]
    """The first one that is there counts."""
    levels: dict[str, Assurance]
    """What the values of `level_claim` mean; any other value means none."""
    source: str
    level_claim: str = "acr"
    ask_levels: bool = True
    """Whether a level is asked for in `acr_values`."""
    userinfo: bool = False
    """Whether claims are fetched from the userinfo endpoint as well."""
    algorithms: tuple[str, ...] = STRONG


class Chosen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider in the deployment's file; what is left out is as its profile says."""

    id: str
    profile: str
    issuer: str
    client_id: str
    name: dict[str, str]
    people: Literal["patient", "staff"] | None = None
    scopes: tuple[str, ...] | None = None
    par: When | None = None
    dpop: When | None = None
    identity: tuple[IdentityClaim, ...] | None = None
    levels: dict[str, Assurance] | None = None
    level_claim: str | None = None
    ask_levels: bool | None = None
    userinfo: bool | None = None
    algorithms: tuple[str, ...] | None = None


class LoginFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The deployment's file."""

    providers: tuple[Chosen, ...]


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A provider of this deployment."""

    id: str
    issuer: str
    client_id: str
    name: dict[str, str]
    profile: Profile

    def level_of(self, claims: dict[str, Any]) -> Assurance:
        """How surely it says to know who someone is."""
        return self.profile.levels.get(str(claims.get(self.profile.level_claim, "")), "none")

    def values_for(self, level: Assurance) -> str:
        """`acr_values` that give at least a level; empty when it is not asked so."""
        if not self.profile.ask_levels or level == "none":
            return ""
        return " ".join(value for value, given in self.profile.levels.items() if enough(given, level))

    def reaches(self, level: Assurance) -> bool:
        """Whether it can know someone so surely."""
        return any(enough(given, level) for given in self.profile.levels.values())


def shipped_profiles() -> dict[str, Profile]:
    """The kinds of providers we know."""
    data = (files("web.login") / "content" / "profiles.yaml").read_bytes()
    profiles: dict[str, Profile] = _decoded(data, dict[str, Profile], "profiles.yaml")
    return profiles


def read_providers(path: Path) -> tuple[Provider, ...]:
    """The deployment's providers. Raises `settings_invalid` with every problem, among them any key that is unknown."""
    chosen: LoginFile = _decoded(path.read_bytes(), LoginFile, path.name)
    profiles = shipped_profiles()
    problems = [f"{path.name}: {one.id}: {what}" for one in chosen.providers for what in _problems(one, profiles)]
    ids = [one.id for one in chosen.providers]
    problems += [f"{path.name}: {name} stands there twice" for name in sorted({i for i in ids if ids.count(i) > 1})]
    if not chosen.providers:
        problems.append(f"{path.name}: names no provider")
    if problems:
        raise FyrError("settings_invalid", problems=problems)
    return tuple(_provider(one, profiles[one.profile]) for one in chosen.providers)


def _problems(one: Chosen, profiles: dict[str, Profile]) -> list[str]:
    found, issuer = [], urlsplit(one.issuer)
    if not ID.fullmatch(one.id) or one.id in (DEMO, GUEST):
        found.append("the id is small letters, digits, - and _, and neither demo nor guest")
    if one.profile not in profiles:
        found.append(f"there is no profile {one.profile}; there are {', '.join(profiles)}")
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in LOOPBACK):
        found.append("the issuer is an https: address")
    if issuer.query or issuer.fragment:
        found.append("the issuer has neither query nor fragment")
    if set(one.name) != {"sv", "nb", "en"}:
        found.append("the name is given in sv, nb and en")
    if one.scopes is not None and "openid" not in one.scopes:
        found.append("the scopes contain openid")
    if one.algorithms is not None and not set(one.algorithms) <= set(STRONG):
        found.append(f"the algorithms are among {', '.join(STRONG)}")
    return found


def _provider(one: Chosen, profile: Profile) -> Provider:
    own = {name: getattr(one, name) for name in Profile.__struct_fields__ if name != "source"}
    changed = {name: value for name, value in own.items() if value is not None}
    filled = msgspec.structs.replace(profile, **changed)
    return Provider(id=one.id, issuer=one.issuer, client_id=one.client_id, name=one.name, profile=filled)


def _decoded(data: bytes, kind: Any, name: str) -> Any:
    try:
        return msgspec.yaml.decode(data, type=kind)
    except msgspec.DecodeError as failure:
        raise FyrError("settings_invalid", problems=[f"{name}: {failure}"]) from None
