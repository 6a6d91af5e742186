"""Promise 7: nothing calls out."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from conftest import House

from rag_agency import ask

OUTSIDE = ("192.0.2.1", 80)  # RFC 5737: an address that nobody has


@pytest.fixture(autouse=True)
def forgotten_attempts(no_network: ModuleType):
    yield
    no_network.attempts.clear()


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_a_socket_to_the_outside_is_refused_with_a_clear_message(no_network: ModuleType, way: str):
    with socket.socket() as one, pytest.raises(no_network.OutsideNetwork, match="promise 7.*192.0.2.1"):
        getattr(one, way)(OUTSIDE)


def test_a_datagram_to_the_outside_is_refused(no_network: ModuleType):
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(no_network.OutsideNetwork):
        one.sendto(b"x", OUTSIDE)


@pytest.mark.parametrize("name", ["huggingface.co", "api.gradio.app", "example.com", b"example.com"])
def test_names_of_other_machines_are_not_looked_up(no_network: ModuleType, name: str):
    with pytest.raises(no_network.OutsideNetwork):
        socket.getaddrinfo(name, 443)
    with pytest.raises(no_network.OutsideNetwork):
        socket.create_connection((name, 443))


def test_urllib_and_asyncio_are_refused_too(no_network: ModuleType):
    with pytest.raises((no_network.OutsideNetwork, URLError)):
        urlopen("https://example.com", timeout=1)
    with pytest.raises(no_network.OutsideNetwork), ThreadPoolExecutor() as other:
        other.submit(_open_connection).result()  # in a thread of its own: the browser's may have a loop running
    assert len(no_network.attempts) == 2


def _open_connection() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(*OUTSIDE), timeout=1))


def test_a_child_process_is_refused_too():
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OutsideNetwork: promise 7" in done.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_open(host: str):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=2) as one,
    ):
        assert one.getpeername()[0] == "127.0.0.1"


def test_unix_sockets_are_open():
    here, there = socket.socketpair()
    with here, there:
        here.send(b"x")
        assert there.recv(1) == b"x"


def test_building_and_asking_do_not_even_try_to_call_out(house: House, no_network: ModuleType):
    from papers import study_paper

    study_paper(house.corpus / "study.pdf")
    house.build()
    answer = ask("How many members has a coffee cooperative in Peru?", house.open())
    assert answer.status == "answered"
    assert no_network.attempts == []


def test_no_key_and_no_endpoint_is_needed(house: House, monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "HF_TOKEN", "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    from papers import study_paper

    study_paper(house.corpus / "study.pdf")
    assert house.build().failed == ()
