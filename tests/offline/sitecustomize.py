"""Blocks every Python socket but loopback and unix; Python runs this first in each child process too.

conftest.py puts this folder on PYTHONPATH, so that commands run as subprocesses are held to promise 7
as the tests themselves are.
"""

import ipaddress
import socket

attempts: list[str] = []  # what was tried, for tests that look whether anything was
_LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", socket.gethostname()}


class OutsideNetwork(RuntimeError):
    """Something called out; not an OSError, so that no library takes it for a bad connection."""


def is_local(address: object) -> bool:
    """Whether an address is a unix path, this machine's loopback, or no address at all."""
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str) or host.lower() in _LOCAL_NAMES or host.startswith(("/", "\0")):
        return True
    try:
        found = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


def refuse(address: object) -> None:
    """Raise for an address outside this machine."""
    if not is_local(address):
        attempts.append(str(address))
        raise OutsideNetwork(f"promise 7: something called out to {address}; the tests run offline")


_connect, _connect_ex, _sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
_create, _getaddrinfo, _byname = socket.create_connection, socket.getaddrinfo, socket.gethostbyname


def connect(self, address):  # noqa: ANN001, ANN201, D103
    refuse(address)
    return _connect(self, address)


def connect_ex(self, address):  # noqa: ANN001, ANN201, D103
    refuse(address)
    return _connect_ex(self, address)


def sendto(self, data, *rest):  # noqa: ANN001, ANN002, ANN201, D103
    refuse(rest[-1])
    return _sendto(self, data, *rest)


def create_connection(address, *rest, **named):  # noqa: ANN001, ANN002, ANN003, ANN201, D103
    refuse(address)
    return _create(address, *rest, **named)


def getaddrinfo(host, *rest, **named):  # noqa: ANN001, ANN002, ANN003, ANN201, D103
    refuse(host)
    return _getaddrinfo(host, *rest, **named)


def gethostbyname(host):  # noqa: ANN001, ANN201, D103
    refuse(host)
    return _byname(host)


def block() -> None:
    """Put the refusing functions in the place of Python's own."""
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]
    socket.socket.sendto = sendto  # type: ignore[method-assign]
    socket.create_connection, socket.getaddrinfo = create_connection, getaddrinfo
    socket.gethostbyname = gethostbyname


def unblock() -> None:
    """Give Python its own functions back."""
    socket.socket.connect, socket.socket.connect_ex = _connect, _connect_ex  # type: ignore[method-assign]
    socket.socket.sendto = _sendto  # type: ignore[method-assign]
    socket.create_connection, socket.getaddrinfo, socket.gethostbyname = _create, _getaddrinfo, _byname


block()
