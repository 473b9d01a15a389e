"""What a real server answers to clients that are malformed, send rubbish, read slowly, or come in a crowd."""

import asyncio
import logging

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.factories.voting import BallotFactory, OptionFactory
from tests.voting.serving import ORIGIN, served
from tests.voting.sockets import HERE, path_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True, shows_tally=True, version=1)
    OptionFactory(ballot=ballot)
    return ballot


def handshake(target: bytes, *, version: bytes = b"HTTP/1.1", headers: tuple[bytes, ...] = ()) -> bytes:
    lines = [b"GET " + target + b" " + version, b"Host: testserver", b"Upgrade: websocket", b"Connection: Upgrade"]
    lines += [b"Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==", b"Sec-WebSocket-Version: 13", b"Origin: " + HERE[1]]
    return b"\r\n".join([*lines, *headers, b"", b""])


async def answer_to(port, sent):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        return await asyncio.wait_for(reader.read(64), 5)
    finally:
        writer.close()


MALFORMED = [
    b"/ws/votes/a%00b/",
    b"/ws/votes/%ff%fe/",
    b"/ws/votes/%/",
    b"/ws/votes/\xff/",
    b"/ws/votes/\xc3\xa9/",
    b"/ws/votes/" + b"9" * 5000 + b"/",
    b"/ws/votes//",
    b"/ws/votes/..%2f..%2fetc/",
    b"//",
    b"*",
    b"http://[/",
    b"/ws/votes/x/?" + b"\xff" * 20,
    b"/ws/votes/nothing/",
]


async def test_a_malformed_address_is_refused_without_a_traceback(open_ballot, caplog):
    caplog.set_level(logging.WARNING)
    here = path_of(open_ballot).encode()
    async with served() as port:
        for target in MALFORMED:
            said = await answer_to(port, handshake(target))

            assert said.startswith(b"HTTP/1.1 4"), (target, said)
        for header in (b"Cookie: \xff=\xff; sessionid=\x01", b"Origin: null", b"X-Forwarded-For: \xff"):
            assert not (await answer_to(port, handshake(here, headers=(header,)))).startswith(b"HTTP/1.1 5"), header
        assert (await answer_to(port, handshake(here))).startswith(b"HTTP/1.1 101")
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


async def test_a_foreign_page_is_refused_with_403_before_the_socket_is_accepted(open_ballot):
    async with served() as port:
        for origin in ("https://evil.example", "null", None, "https://portal.evil.com", "https://evilportal"):
            with pytest.raises(InvalidStatus) as refused:
                await connect(f"ws://127.0.0.1:{port}{path_of(open_ballot)}", origin=origin)

            assert refused.value.response.status_code == 403, origin


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (["x" * (16 * 1024 + 1)], 1009),
        ([["x" * 10_000, "x" * 10_000]], 1009),  # one message in two parts
        ([b"\x00"], 1003),
        (["hello"] * 21, 1008),
        (["[" * 10_000], None),  # is not read, so no depth can hurt
    ],
    ids=["too large", "too large in parts", "binary", "too often", "deep"],
)
async def test_rubbish_closes_the_socket_with_the_code_for_it(open_ballot, frames, code):
    async with served() as port, connect(f"ws://127.0.0.1:{port}{path_of(open_ballot)}", origin=ORIGIN) as client:
        await client.recv()

        for frame in frames:
            await client.send(frame)

        with pytest.raises(ConnectionClosed if code else TimeoutError) as ended:
            await asyncio.wait_for(client.recv(), 3 if code else 0.5)
        assert code is None or ended.value.rcvd.code == code


async def test_text_that_is_no_utf8_closes_the_socket_with_the_code_for_it(open_ballot):
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(handshake(path_of(open_ballot).encode()))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(bytes([0x81, 0x82, 0, 0, 0, 0, 0xFF, 0xFE]))

        came = await asyncio.wait_for(reader.read(), 5)  # until the server hangs up

        assert (1007).to_bytes(2, "big") in came[came.rindex(b"\x88") :]
        writer.close()
