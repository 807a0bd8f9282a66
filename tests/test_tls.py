"""A certificate that is not good is refused, and nothing is asked of whoever shows it."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from asking import CITY, HOST, QUICK, fetcher, page, refused
from wire import Wire, answer

Make: TypeAlias = Callable[[str, list[str]], Path]

ROUTES: Final = {"/": answer()}
VALID: Final = ["-days", "1"]
PAST: Final = ["-not_before", "20200101000000Z", "-not_after", "20200102000000Z"]


pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs openssl, which makes the certificates"
)


def openssl(*options: str | Path) -> bool:
    """Run the program, and say whether it did what it was told."""
    command = ["openssl", *options]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give a function that makes a self-signed certificate for a name, with its key in one file."""

    def made(name: str, time: list[str]) -> Path:
        folder = tmp_path_factory.mktemp("certificate")
        key, asked, path = folder / "key.pem", folder / "asked.pem", folder / "certificate.pem"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        whose = ["-subj", "/CN=prov", "-addext", f"subjectAltName={name}"]
        assert openssl("req", *curve, "-keyout", key, "-out", asked, *whose)
        sign: list[str | Path] = [
            "-in",
            asked,
            "-signkey",
            key,
            "-copy_extensions",
            "copyall",
            "-out",
            path,
        ]
        earlier = ["-days", "-1"]  # before OpenSSL 3.4 the only way into the past
        assert any(openssl("x509", "-req", *sign, *when) for when in (time, earlier))
        path.write_text(path.read_text() + key.read_text())
        return path

    return made


def served(certificate: Path) -> ssl.SSLContext:
    """Give what a server needs to show a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_an_operator_s_own_authority_is_trusted(
    variable: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy that opens what is encrypted, the environment names whom to trust."""
    good = make("IP:127.0.0.1", VALID)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv(variable, str(good))
    with Wire(ROUTES, context=served(good)) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).url == f"{CITY}/"


@pytest.mark.parametrize(
    ("name", "time", "trusted"),
    [
        ("IP:127.0.0.1", VALID, False),
        ("IP:127.0.0.1", PAST, True),
        ("DNS:www.example.com", VALID, True),
    ],
    ids=["self-signed", "expired", "wrong name"],
)
def test_a_bad_certificate_is_refused(
    name: str, time: list[str], make: Make, monkeypatch: pytest.MonkeyPatch, *, trusted: bool
) -> None:
    """Not even the path is sent, and no unencrypted request is tried in its stead."""
    bad = make(name, time)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bad if trusted else make(name, VALID)))
    limits = replace(QUICK, retries=0)
    with Wire(ROUTES, context=served(bad)) as wire, fetcher(wire, limits=limits) as asking:
        assert refused(asking).reason == "its certificate is not trusted"
        assert wire.asked == []


def test_encryption_does_not_hold_up_the_deadline(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drop by drop is given up there, too."""
    good = make("IP:127.0.0.1", VALID)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(good))
    limits = replace(QUICK, total=0.4)
    with Wire(context=served(good)) as wire:
        wire.routes["/"] = wire.silence
        with fetcher(wire, limits=limits) as asking:
            assert refused(asking).reason == "it did not come whole within 0.4 s"


def test_a_handshake_that_never_comes_is_given_up() -> None:
    """The server takes the connection and says nothing."""
    limits = replace(QUICK, connect=0.2, retries=0)
    with Wire(ROUTES) as wire:
        origins = {HOST: wire.origin.replace("http:", "https:")}
        wire.greeting = b""
        with fetcher(origins=origins, limits=limits) as asking:
            assert refused(asking).reason == "no answer came in time"


def test_tls_is_not_talked_to_a_plain_server() -> None:
    """Nor is a plain request tried in its stead."""
    limits = replace(QUICK, retries=0)
    with Wire(ROUTES) as wire:
        wire.greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"
        origins = {HOST: wire.origin.replace("http:", "https:")}
        with fetcher(origins=origins, limits=limits) as asking:
            assert refused(asking).reason == "no secure connection came about"
        assert wire.asked == []
