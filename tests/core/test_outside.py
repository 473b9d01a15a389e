"""Other sites are read over https, at public addresses, on one host, briefly; nothing inside the network is reached."""

import datetime as dt
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError

from core import outside as reader
from core.links import check_page, is_public_address
from core.outside import CannotFetch, Wish

FORGE = "https://forge.example/harlow/waste"

# Ways to write an address inside: as hosts of an address, to be refused as they stand.
INSIDE_HOSTS = """
    127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001
    00000177.0.0.1 0.0.0.0 0 localhost LOCALHOST localhost. localhost.localdomain api.localhost ⓛocalhost 127。0。0。1
    １２７.0.0.1 10.0.0.1 10.255.255.255 012.0.0.1 0xa.0.0.1 167772161 172.16.0.1 172.31.255.254 192.168.0.1 192.168.1
    0xc0a80001 3232235521 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 100.64.0.1 100.127.255.254
    100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250
    240.0.0.1 255.255.255.255 [::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a00:1::1]
    [2001:0:53aa:64c::1] [2001:db8::1] [3fff::1] [fe80::1] [fe80::1%25lo] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1]
    [5f00::1] metadata.google.internal router.local intranet
""".split()
# The addresses a name server could answer with.
INSIDE_ADDRESSES = """
    127.0.0.1 127.0.0.2 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.254 192.168.0.1 169.254.169.254 100.64.0.1
    100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1
    240.0.0.1 255.255.255.255 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1
    2002:7f00:1:: 2001:0:53aa:64c::1 2001:db8::1 3fff::1 fe80::1 fe80::1%lo fec0::1 fc00::1 fd00:ec2::254 ff02::1
    5f00::1 100::1 localhost 127.1
""".split()
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


@pytest.fixture
def canary() -> Iterator[Callable[[], int]]:
    """A listener on this machine at the port that is read from, and how many connections it got."""
    listener = socket.create_server(("127.0.0.1", 0))

    def count() -> int:
        came = 0
        while select.select([listener], [], [], 0.05)[0]:
            listener.accept()[0].close()
            came += 1
        return came

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "_PORT", listener.getsockname()[1])
        yield count
    listener.close()


@pytest.fixture
def over_the_wire(settings) -> None:
    settings.OUTSIDE_ASK, settings.OUTSIDE_RESOLVE = "core.outside.ask", "core.outside.resolve"


def resolves_to(monkeypatch, *answers: list[str]) -> list[str]:
    """Let the name server answer in turn; the last answer stays. Returns the names it was asked for."""
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    monkeypatch.setattr(reader, "resolve", resolve)
    return asked


def test_there_are_seventy_forms_of_inside_addresses_at_least():
    assert len(set(INSIDE_HOSTS)) >= 70


def test_no_form_of_an_inside_address_is_connected_to(over_the_wire, canary):
    for host in INSIDE_HOSTS:
        for read in (reader.get, reader.head):
            with pytest.raises(CannotFetch):
                read(f"https://{host}/")

    assert canary() == 0


def test_a_name_that_resolves_to_an_inside_address_is_not_connected_to(over_the_wire, canary, monkeypatch):
    for address in INSIDE_ADDRESSES:
        resolves_to(monkeypatch, [address])
        with pytest.raises(CannotFetch):
            reader.get(FORGE)

    assert canary() == 0


def test_the_canary_hears_a_connection_once_the_guard_is_off(over_the_wire, canary, monkeypatch):
    monkeypatch.setattr(reader, "is_public_address", lambda address: True)
    resolves_to(monkeypatch, ["127.0.0.1"])

    with pytest.raises(CannotFetch):
        reader.get(FORGE, seconds=0.3)

    assert canary() == 1


def test_one_inside_address_among_public_ones_is_enough_to_refuse(outside):
    outside.answer(FORGE)
    outside.hosts["forge.example"] = ["93.184.215.14", "10.0.0.1"]

    with pytest.raises(CannotFetch):
        reader.get(FORGE)

    assert not outside.asked


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:2800:21f:cb07::1", "2a00:1450::1"])
def test_public_addresses_are_public(address):
    assert is_public_address(address)


@pytest.mark.parametrize("address", NOT_PLAIN)
def test_only_plain_https_addresses_are_read(outside, address):
    outside.answer("https://forge.example/")

    with pytest.raises(CannotFetch):
        reader.get(address)

    assert not outside.asked


@pytest.mark.parametrize("host", INSIDE_HOSTS)
def test_a_link_to_an_inside_address_is_refused_on_entry(host):
    for scheme in ("http", "https"):
        with pytest.raises(ValidationError):
            check_page(f"{scheme}://{host}/a")


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


@pytest.mark.parametrize("host", INSIDE_HOSTS)
def test_a_redirect_to_an_inside_address_is_neither_followed_nor_told(outside, host):
    outside.answer(FORGE, status=302, location=f"https://{host}/")
    try:
        answer = reader.get(FORGE)
    except CannotFetch:
        return

    assert not answer.is_there
    assert not answer.moved_to
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


def test_each_connection_of_a_chain_is_looked_at_anew(over_the_wire, canary, monkeypatch):
    """A name server that turns round between two hops leads nowhere."""
    asked = resolves_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr(reader, "ask", lambda wish: reader.Reply(302, location="/next"))

    with pytest.raises(CannotFetch):
        reader.get(FORGE)

    assert len(asked) == 2
    assert canary() == 0


def test_the_connection_is_made_to_the_address_that_was_looked_at(over_the_wire, monkeypatch):
    """Rebinding: what the name server would answer to a second question counts for nothing."""
    wishes: list[Wish] = []
    asked = resolves_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr(reader, "ask", lambda wish: wishes.append(wish) or reader.Reply(200))

    reader.get(FORGE)

    assert asked == ["forge.example"]
    assert [(wish.at, wish.host) for wish in wishes] == [("93.184.215.14", "forge.example")]


def test_all_failures_are_one_sentence(over_the_wire, canary, monkeypatch):
    said = set()
    for address, answers in ((FORGE, ["127.0.0.1"]), (FORGE, []), ("https://127.0.0.1/", []), ("no address", [])):
        resolves_to(monkeypatch, answers)
        with pytest.raises(CannotFetch) as failure:
            reader.get(address)
        said.add(str(failure.value))

    assert said == {"This address could not be read."}


def test_a_name_server_that_does_not_answer_is_not_waited_for(settings, monkeypatch, over_the_wire):
    over = threading.Event()
    monkeypatch.setattr(reader, "resolve", lambda host: over.wait(20) and [])
    began = time.monotonic()

    with pytest.raises(CannotFetch):
        reader.get(FORGE, seconds=0.2)

    over.set()
    assert time.monotonic() - began < 5


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
