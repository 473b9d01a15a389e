"""Nothing inside the network is reached, however its address is written, resolved or redirected to."""

import re
import select
import socket
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
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


@pytest.mark.parametrize("host", INSIDE_HOSTS)
def test_a_link_to_an_inside_address_is_refused_on_entry(host):
    for scheme in ("http", "https"):
        with pytest.raises(ValidationError):
            check_page(f"{scheme}://{host}/a")


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


def test_no_address_is_handed_to_another_program():
    """Neither git nor a shell reads what somebody typed.

    Two commands of operators start programs of their own; the print of a pack is made by one that gets it as its input.
    """
    apps = [path for path in settings.BASE_DIR.iterdir() if (path / "__init__.py").is_file() and path.name != "tests"]
    starts = re.compile(r"\b(subprocess|os\.system|os\.popen|os\.exec\w*|os\.spawn\w*|pty)\b")
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for app in apps
        for path in app.rglob("*.py")
        if app.name != "benchmarks" and starts.search(path.read_text())
    }

    assert found == {"portal/supervisor.py", "steering/packs/printing.py", "voting/management/commands/recount.py"}
