"""How the text of a setting is read. Each raises ValueError saying what is wrong, never the value: it may be secret."""

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from core.errors import FyrError
from core.keyring.kms import SCHEME, read_service
from core.log.seal import MasterKeys

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Role = Literal["web", "rtc", "worker"]
ROLES: tuple[Role, ...] = get_args(Role)
MOST_CALLS = 1_000_000_000
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LONGEST_SESSION_MIN = 24 * 60
LONGEST_WAIT_S = 24 * 60 * 60


def text(value: str) -> str:
    """As it is, without the blanks around it."""
    return value.strip()


def switch(value: str) -> bool:
    """0 or 1."""
    if value not in {"0", "1"}:
        raise ValueError("is 0 or 1")
    return value == "1"


def port(value: str) -> int:
    """A port; 0 takes any free one."""
    if not (value.isascii() and value.isdecimal()) or not 0 <= int(value) <= 65_535:
        raise ValueError("is a port number from 0 (any free one) to 65535")
    return int(value)


def host(value: str) -> str:
    """An address to listen on."""
    if value != "localhost":
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise ValueError("is an IP address or localhost") from None
    return value


def count(value: str) -> int:
    """Calls in a minute."""
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= MOST_CALLS:
        raise ValueError(f"is a number from 1 to {MOST_CALLS}")
    return int(value)


def networks(value: str) -> tuple[Network, ...]:
    """Addresses and networks."""
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("is a list of IP addresses and networks, comma separated") from None


def existing_file(value: str) -> Path:
    """A file that is there."""
    path = Path(value).expanduser()
    if not path.is_file():
        raise ValueError("names a file that does not exist")
    return path


def folder(value: str) -> Path:
    """A folder, there or not."""
    return Path(value).expanduser()


def one_of(*choices: str) -> Callable[[str], str]:
    """One of a few words."""

    def read(value: str) -> str:
        if value not in choices:
            raise ValueError("is one of " + ", ".join(choices))
        return value

    return read


def url(*schemes: str) -> Callable[[str], str]:
    """An address of one of the schemes."""

    def read(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise ValueError("is a URL that begins with " + ", ".join(f"{scheme}:" for scheme in schemes))
        return value

    return read


def recogniser(value: str) -> str:
    """Where voices go: never in the clear but to this very machine."""
    found = urlsplit(value)
    here = found.scheme == "ws" and found.hostname in LOOPBACK
    if not (found.hostname and (found.scheme == "wss" or here)):
        raise ValueError("is a wss: address, or a ws: address of this machine itself")
    return value


def turn_urls(value: str) -> tuple[str, ...]:
    """TURN and STUN servers (RFC 7065, RFC 7064)."""
    urls = tuple(part.strip() for part in value.split(",") if part.strip())
    if not all(url.startswith(("turn:", "turns:", "stun:", "stuns:")) for url in urls):
        raise ValueError("is a list of turn: and stun: addresses (RFC 7065, RFC 7064)")
    return urls


def roles(value: str) -> tuple[str, ...]:
    """What a process does."""
    chosen = {part.strip() for part in value.split(",")}
    if not chosen <= set(ROLES):
        raise ValueError("is a list of " + ", ".join(ROLES))
    return tuple(role for role in ROLES if role in chosen)


def names(value: str) -> tuple[str, ...]:
    """Names in small letters."""
    return tuple(part.strip().lower() for part in value.split(",") if part.strip())


def keys(value: str) -> str:
    """Master keys, or where they are unwrapped."""
    if value.startswith(SCHEME):
        read_service(value, may_be_empty=True)
        return value
    try:
        MasterKeys.parse(value)
    except FyrError:
        raise ValueError("is id:base64 of 32 bytes, comma separated, the current key first") from None
    return value


def seconds(value: str) -> int:
    """How long something may wait, in seconds."""
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= LONGEST_WAIT_S:
        raise ValueError(f"is a number of seconds from 1 to {LONGEST_WAIT_S}")
    return int(value)


def minutes(value: str) -> int:
    """How long something may last, in minutes."""
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= LONGEST_SESSION_MIN:
        raise ValueError(f"is a number of minutes from 1 to {LONGEST_SESSION_MIN}")
    return int(value)


def ip_addresses(value: str) -> tuple[str, ...]:
    """Numeric addresses of this machine, or of the router before it."""
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return tuple(str(ipaddress.ip_address(one)) for one in chosen)
    except ValueError:
        raise ValueError("is a list of numeric addresses") from None
