"""Under which addresses this machine is reached, so that a phone near by can be told one. IPv4, Linux."""

import contextlib
import fcntl
import socket
import struct

SIOCGIFADDR = 0x8915
"""netdevice(7): the address of an interface."""
NAME_BYTES = 15


def addresses() -> list[str]:
    """Every IPv4 address of the machine but loopback, in the order of its interfaces."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # an interface without an IPv4 address
                found.append(_address(asking, name))
    return [address for address in found if not address.startswith("127.")]


def _address(asking: socket.socket, name: str) -> str:
    request = struct.pack("256s", name.encode()[:NAME_BYTES])
    return socket.inet_ntoa(fcntl.ioctl(asking.fileno(), SIOCGIFADDR, request)[20:24])
