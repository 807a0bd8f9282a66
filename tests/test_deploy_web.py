"""The examples for nginx and Caddy, run: they serve the folder as our own server does."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from feeds.serve import Server
from serving import ICS, SECRET, Got, again, ask

DEPLOY: Final = Path(__file__).parent.parent / "deploy"
SAME: Final = (
    *("content-type", "cache-control", "access-control-allow-origin", "x-content-type-options"),
    *("referrer-policy", "content-security-policy", "x-robots-tag"),
)
"""What another server says as ours does; tags are each one's own."""


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """A web server for the public, on two ports of this machine."""

    plain: int
    tls: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Got:
        """Ask over TLS; whose certificate it is does not matter here."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = HTTPSConnection("localhost", self.tls, timeout=10, context=context)
        try:
            return again(connection, path, method, **headers)
        finally:
            connection.close()


def free() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    path, key = folder / "certificate.pem", folder / "key.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    whose = ["-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        *curve,
        "-keyout",
        key,
        "-out",
        path,
        *whose,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return path, key


@pytest.fixture(scope="module")
def nginx(
    public: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """The example for nginx, with the name, the certificate, the folder and the ports of a test."""
    if not (program := shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")):
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    proxy = Proxy(plain=free(), tls=free())
    text = (DEPLOY / "nginx.conf").read_text()
    for pattern, put in (
        (r"\n    listen \[::\].*", ""),
        (r"listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{proxy.tls} "),
        (r"ssl_certificate /.*;", f"ssl_certificate {certificate[0]};"),
        (r"ssl_certificate_key /.*;", f"ssl_certificate_key {certificate[1]};"),
        (r"root /.*;", f"root {public};"),
    ):
        text, count = re.subn(pattern, put, text)
        assert count, pattern
    (folder / "site.conf").write_text(text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        ("user root;" if os.getuid() == 0 else "")
        + f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/site.conf; }}"
    )
    told: list[str | Path] = [
        program,
        "-e",
        f"{folder}/error.log",
        "-p",
        folder,
        "-c",
        f"{folder}/nginx.conf",
    ]
    tried = subprocess.run([*told, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    with running(told, proxy):
        yield proxy


@pytest.fixture(scope="module")
def caddy(
    public: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """The example for Caddy, likewise; it sends http to https by itself."""
    if not (program := shutil.which("caddy")):
        pytest.skip("caddy is not installed")
    folder = tmp_path_factory.mktemp("caddy")
    proxy = Proxy(plain=free(), tls=free())
    text = (DEPLOY / "Caddyfile").read_text()
    for pattern, put in (
        (r"\nexample\.org \{", f"\nlocalhost {{\n\ttls {certificate[0]} {certificate[1]}"),
        (r"root \* /.*", f"root * {public}"),
    ):
        text, count = re.subn(pattern, put, text)
        assert count, pattern
    options = f"admin off\nhttp_port {proxy.plain}\nhttps_port {proxy.tls}\ndefault_bind 127.0.0.1"
    (folder / "Caddyfile").write_text(f"{{\n{options}\n}}\n{text}")
    home = {**os.environ, "HOME": f"{folder}", "XDG_DATA_HOME": f"{folder}"}
    told = [program, "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]
    tried = subprocess.run(
        [program, "validate", *told[2:]], env=home, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr
    with running(told, proxy, env=home):
        yield proxy


@contextmanager
def running(command: Sequence[str | Path], proxy: Proxy, **more: dict[str, str]) -> Iterator[None]:
    """Run a web server until it is no more needed."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **more)  # type: ignore[call-overload] # the environment alone
    try:
        for _ in range(400):
            with suppress(ConnectionRefusedError):
                for port in (proxy.plain, proxy.tls):
                    socket.create_connection(("127.0.0.1", port), timeout=10).close()
                break
            assert process.poll() is None
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


PATHS: Final = (
    *("/", "/index.html", ICS, "/boras/alla.google.ics", "/boras/alla.rss", "/boras/feeds.opml"),
    *("/boras/data/meeting.jsonl", "/style.css", "/page.js", "/status.json"),
    *("/boras/kulturnamnden/", "/boras/embed/kulturnamnden/", "/en/boras/handlingar/"),
    "/boras/sok/index.jsonl",
    *("/boras/data/meeting.csv", "/boras/data/meeting.schema.json", "/boras/alla.json"),
)
NOT_THERE: Final = (
    *("/.env", "/kallelse.db", "/boras/.kallelse-x.tmp", "/boras/x.ics.tmp", "/a.ics.bak"),
    *(f"{ICS}.gz", "/gone.json", "/outside.ics", "/beside/a.ics", "/boras/data/", "/boras/data"),
    "/none.ics",
    *("/%2e%2e/beside.ics", "/boras/..%2f..%2fbeside.ics", "/pipe.txt"),
)


def as_ours(server: Server, proxy: Proxy, *, links: bool) -> None:
    """Check that a web server says what ours does, and refuses what ours refuses."""
    for path in PATHS:
        ours, theirs = ask(server, path), proxy.ask(path, Accept_Encoding="identity")
        assert (theirs.status, theirs.body) == (ours.status, ours.body), path
        said = {name: ours.headers.get(name) for name in SAME}
        assert {name: theirs.headers.get(name) for name in SAME} == said, path
        packed = proxy.ask(path, Accept_Encoding="gzip")
        if path != "/status.json":
            assert packed.headers["content-encoding"] == "gzip", path
            assert packed.headers["content-type"] == ours.headers["content-type"]
            assert gzip.decompress(packed.body) == ours.body
        for form in (theirs, packed):
            coding = form.headers.get("content-encoding", "identity")
            again = proxy.ask(path, Accept_Encoding=coding, If_None_Match=form.headers["etag"])
            assert (again.status, again.body) == (304, b"")
    for path in NOT_THERE:
        got = proxy.ask(path)
        if not (links and "side" in path):
            assert got.status in {400, 403, 404}, path
            assert SECRET not in got.body
    led = proxy.ask("/boras")
    assert (led.status, urlsplit(led.headers["location"]).path) == (301, "/boras/")
    assert proxy.ask(ICS, "POST").status == 405
    assert proxy.ask(ICS, "DELETE").status == 405
    part = proxy.ask(ICS, Range="bytes=0-9", Accept_Encoding="identity")
    assert (part.status, part.body) == (206, b"BEGIN:VCAL")


def redirected(proxy: Proxy) -> None:
    """Check that http leads to the same path over https, for good (H3)."""
    connection = HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    got = again(connection, f"{ICS}?a=b", Host="localhost")
    connection.close()
    assert got.status in {301, 308}
    assert re.fullmatch(rf"https://localhost(:\d+)?{ICS}\?a=b", got.headers["location"])


@pytest.mark.slow
def test_nginx_serves_as_we_do(server: Server, nginx: Proxy) -> None:
    """Types with charset, twins, what browsers may do; nothing but what is published."""
    as_ours(server, nginx, links=False)
    redirected(nginx)


@pytest.mark.slow
def test_caddy_serves_as_we_do(server: Server, caddy: Proxy) -> None:
    """The same; but it follows links, so none may lie in the folder (none is put there by us)."""
    as_ours(server, caddy, links=True)
    redirected(caddy)
