"""Other sites are read over https, on one host, briefly, and over a connection that is who it says it is."""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core import outside as reader
from core.outside import CannotFetch

FORGE = "https://forge.example/harlow/waste"

# What else no reader should follow.
NOT_PLAIN = [
    "http://forge.example/",
    "ftp://forge.example/",
    "file:///etc/passwd",
    "gopher://forge.example:443/_x",
    "ext::sh -c id",
    "javascript:alert(1)",
    "//forge.example/",
    "https:///etc",
    "https://forge.example:8443/",
    "https://forge.example:80/",
    "https://forge.example:99999/",
    "https://me@forge.example/",
    "https://me:secret@forge.example/",
    "https://forge.example@127.0.0.1/",
    "https://127.0.0.1\\@forge.example/",
    "https://forge.example\\.inside/",
    "https://forge.example\n.inside/",
    "https://forge.example/a b",
    "https://forge.example/\x00",
    "https://fórge.example/",
    "https://-forge.example/",
    "https://forge..example/",
    f"https://forge.example/{'x' * 2000}",
    "",
]


@pytest.mark.parametrize("address", NOT_PLAIN)
def test_only_plain_https_addresses_are_read(outside, address):
    outside.answer("https://forge.example/")

    with pytest.raises(CannotFetch):
        reader.get(address)

    assert not outside.asked


def test_a_host_that_is_not_on_the_list_is_not_asked(outside):
    outside.answer("https://elsewhere.example/")

    with pytest.raises(CannotFetch):
        reader.get("https://elsewhere.example/", hosts=["forge.example"])

    assert not outside.asked


def test_a_page_is_read_with_its_status(outside):
    outside.answer(FORGE, "words")
    outside.answer("https://forge.example/gone", status=410)

    assert reader.get(FORGE).content == b"words"
    assert reader.get(FORGE).is_there
    assert reader.head(FORGE).content == b""
    assert not reader.get("https://forge.example/gone").is_there


def test_a_redirect_on_the_same_host_is_followed(outside):
    outside.answer(FORGE, status=301, location="/harlow/waste-api")
    outside.answer("https://forge.example/harlow/waste-api", "words")

    answer = reader.get(FORGE)

    assert (answer.address, answer.content) == ("https://forge.example/harlow/waste-api", b"words")


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example/", "https://www.forge.example/harlow/waste"]
)
def test_a_redirect_to_another_host_is_told_and_not_followed(outside, onward):
    outside.answer(FORGE, status=302, location=onward)
    outside.answer("https://elsewhere.example/", "words")
    outside.answer("https://www.forge.example/harlow/waste", "words")

    answer = reader.get(FORGE)

    assert answer.moved_to.startswith("https://")
    assert (answer.status, answer.content) == (302, b"")
    assert outside.asked_for() == [FORGE]


@pytest.mark.parametrize(
    "onward", ["http://forge.example/a", "https://forge.example:8443/a", "https://me@forge.example/a"]
)
def test_a_redirect_to_another_port_or_login_is_not_followed(outside, onward):
    outside.answer(FORGE, status=302, location=onward)

    assert not reader.get(FORGE).is_there
    assert outside.asked_for() == [FORGE]


def test_a_chain_of_redirects_ends_after_three(outside):
    for step in range(9):
        outside.answer(f"https://forge.example/{step}", status=302, location=f"/{step + 1}")

    answer = reader.get("https://forge.example/0")

    assert (answer.is_there, answer.moved_to) == (False, "https://forge.example/4")
    assert len(outside.asked) == 4


def test_a_name_server_that_does_not_answer_is_not_waited_for(settings, monkeypatch, over_the_wire):
    over = threading.Event()
    monkeypatch.setattr(reader, "resolve", lambda host: over.wait(60) and [])
    began = time.monotonic()

    with pytest.raises(CannotFetch):
        reader.get(FORGE, seconds=0.2)

    over.set()
    assert time.monotonic() - began < 30


# Over a real connection ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> str:
    """The file of a key and a certificate for forge.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "forge.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("forge.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("forge") / "forge.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return str(file)


@pytest.fixture
def forge(certificate, monkeypatch, over_the_wire) -> Iterator[Callable[[Callable[[ssl.SSLSocket], None]], list[str]]]:
    """A site on this machine that goes by the name of forge.example and is taken for public."""
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setattr(reader, "_PORT", listener.getsockname()[1])
    monkeypatch.setattr(reader, "is_public_address", lambda address: True)
    monkeypatch.setattr(reader, "resolve", lambda host: ["127.0.0.1"])
    trusting = ssl.create_default_context
    monkeypatch.setattr(reader.ssl, "create_default_context", lambda: trusting(cafile=certificate))

    def serve(answer: Callable[[ssl.SSLSocket], None]) -> list[str]:
        heard: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.sni_callback = lambda _socket, name, _context: heard.append(f"SNI {name}")

        def run() -> None:
            try:
                with context.wrap_socket(listener.accept()[0], server_side=True) as site:
                    heard.extend(site.recv(4096).decode().splitlines())
                    answer(site)
            except OSError:
                return  # the reader hung up

        threading.Thread(target=run, daemon=True).start()
        return heard

    yield serve
    listener.close()


def says(words: bytes, *headers: bytes) -> Callable[[ssl.SSLSocket], None]:
    """An answer with its length."""
    head = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(words), *headers, b"", b""])
    return lambda site: site.sendall(head + words)


def test_a_site_is_asked_by_its_name_at_the_address_that_was_looked_at(forge):
    heard = forge(says(b"words"))

    answer = reader.get(f"{FORGE}?ref=a#part")

    assert answer.content == b"words"
    assert heard[:2] == ["SNI forge.example", "GET /harlow/waste?ref=a HTTP/1.1"]
    assert "Host: forge.example" in heard
    assert "Accept-Encoding: identity" in heard


def test_a_certificate_for_another_name_is_refused(forge):
    heard = forge(says(b"words"))

    with pytest.raises(CannotFetch):
        reader.get("https://another.example/")

    assert not any(line.startswith("GET") for line in heard)


def test_of_a_long_file_no_more_than_allowed_is_read(forge):
    forge(says(b"x" * 300_000))

    assert len(reader.get(FORGE, most_bytes=1000).content) == 1001


def test_packed_content_that_was_not_asked_for_is_refused(forge):
    forge(says(b"\x1f\x8b" * 40, b"Content-Encoding: gzip"))

    with pytest.raises(CannotFetch):
        reader.get(FORGE)


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_site_that_drips_is_cut_off(forge, before):
    def drip(site: ssl.SSLSocket) -> None:
        site.sendall(before)
        for _ in range(400):
            site.sendall(b"x")
            time.sleep(0.05)

    forge(drip)
    began = time.monotonic()

    with pytest.raises(CannotFetch):
        reader.get(FORGE, seconds=0.5)

    assert time.monotonic() - began < 10
