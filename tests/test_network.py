"""Where a name leads: to the city, to a proxy that was named, and never into a private network."""

from __future__ import annotations

import errno
import socket
from dataclasses import replace

import pytest

from asking import CITY, HOST, QUICK, fetcher, page, refused
from records.errors import FetchError
from wire import Wire, answer

OK = answer()
ONCE = replace(QUICK, retries=0)


def test_a_closed_port_is_a_refusal() -> None:
    """And the host is forgiven twice, as for any failure."""
    with Wire() as wire:
        gone = wire.origin
    with fetcher(origins={HOST: gone}) as asking:
        assert refused(asking).reason == "the connection was refused"
        assert asking.requests == 3


def lookup(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name lead to these addresses, or to none."""
    real = socket.getaddrinfo

    def found(host: str, port: int, *rest: int, **more: int) -> object:
        if host.replace(".", "").isdecimal() or ":" in host:
            return real(host, port, *rest, **more)
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [info for address in addresses for info in real(address, port, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a train, on a machine without a network, on the day that the domain lapses."""
    lookup(monkeypatch)
    with fetcher() as asking:
        assert refused(asking).reason == "its host's name was not found"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - not bound, but refused
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_not_followed(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the name could have us read what only this machine can reach."""
    lookup(monkeypatch, address)
    with fetcher() as asking:
        assert refused(asking).reason == "its name leads into a private network"
        assert asking.requests == 1


def test_of_several_addresses_the_public_ones_are_tried_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A city with a broken IPv6 is still a city."""
    tried = []

    def refuse(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

    lookup(monkeypatch, "192.0.0.9", "10.0.0.1", "1.1.1.1")
    monkeypatch.setattr("scraper.connection.create_connection", refuse)
    with fetcher(limits=ONCE) as asking:
        assert refused(asking).reason == "the connection was refused"
    assert tried == ["192.0.0.9", "1.1.1.1"]


def test_an_origin_may_have_several_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first does not answer, the second does."""
    lookup(monkeypatch, "::1", "127.0.0.1")
    with Wire({"/": OK}) as wire:
        origins = {HOST: f"http://staden.test:{wire.port}"}
        with fetcher(origins=origins) as asking:
            assert page(asking.get(CITY)).body


def test_a_proxy_that_the_environment_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator behind one has named it there; it looks the name up, and may be anywhere."""
    with Wire({"http://www.boras.se/": OK}) as proxy:
        lookup(monkeypatch)
        monkeypatch.setenv("http_proxy", proxy.origin.replace("//", "//ombud:hemligt@"))
        with fetcher() as asking:
            assert page(asking.get("http://www.boras.se/")).url == "http://www.boras.se/"
        assert proxy.asked[0].headers["proxy-authorization"].startswith("Basic ")
        monkeypatch.setenv("no_proxy", ".boras.se")
        with fetcher() as asking, pytest.raises(FetchError, match="not found"):
            asking.get("http://www.boras.se/")
        assert len(proxy.asked) == 1


def test_an_origin_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model on this machine is not behind the operator's proxy."""
    with Wire() as proxy, Wire({"/": OK}) as wire:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.origin)
        monkeypatch.delenv("no_proxy", raising=False)
        with fetcher(wire) as asking:
            assert page(asking.get(CITY)).body
        assert proxy.asked == []


def test_a_proxy_that_does_not_answer_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the city that is down; and the proxy's password stays ours."""
    with Wire() as gone:
        proxy = gone.origin.replace("//", "//ombud:hemligt@")
    lookup(monkeypatch)
    monkeypatch.setenv("https_proxy", proxy)
    with fetcher(limits=ONCE) as asking:
        error = refused(asking)
    assert error.reason == "the proxy could not be used"
    assert "hemligt" not in str(error)


def test_a_socks_proxy_is_not_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """To go around it in silence would show the operator's address."""
    lookup(monkeypatch)
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
    with fetcher() as asking:
        assert "SOCKS" in refused(asking).reason
        assert asking.requests == 0
