"""An Elasticsearch that asks who we are is told by the address or a key, over TLS, and known by its authority alone."""

import base64
import datetime as dt
import ipaddress
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from search.engines.elastic import ElasticEngine
from search.port import Unreachable

PASSWORD = "p@ss/w:rd"


class Secured(ThreadingHTTPServer):
    """Answers how many documents there are to whoever says `expected`; `asked` is what each request said."""

    def __init__(self, folder) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.expected, self.asked = "", []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority = signed_by_itself(folder)
        context.load_cert_chain(self.authority, folder / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.asked.append(self.headers.get("Authorization", ""))
        is_known = self.server.asked[-1] == self.server.expected
        body = json.dumps({"count": 3} if is_known else {"error": {"type": "security_exception"}, "status": 401})
        self.send_response(200 if is_known else 401)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *words) -> None:
        """Say nothing."""


def signed_by_itself(folder) -> str:
    """Write a key and a certificate of 127.0.0.1, its own authority, and return the path of the second."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=search")
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, plain[1], plain[0]))
    (folder / "authority.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(folder / "authority.pem")


@pytest.fixture
def secured(tmp_path, settings):
    """A server whose authority the settings name, and whose address they hold without a name."""
    with Secured(tmp_path) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{server.server_port}"
        settings.ELASTICSEARCH_CA = server.authority
        yield server
        server.shutdown()


def with_a_name(address: str) -> str:
    return address.replace("//", "//portal_site:p%40ss%2Fw%3Ard@")


def test_the_name_and_password_of_the_address_are_said_as_they_are(secured, settings):
    secured.expected = f"Basic {base64.b64encode(f'portal_site:{PASSWORD}'.encode()).decode()}"
    settings.ELASTICSEARCH_URL = with_a_name(settings.ELASTICSEARCH_URL)

    assert ElasticEngine().count() == 3


def test_a_key_is_said_in_the_place_of_name_and_password(secured, settings):
    secured.expected, settings.ELASTICSEARCH_API_KEY = "ApiKey aWQ6a2V5", "aWQ6a2V5"

    assert ElasticEngine().count() == 3


def test_who_is_not_known_there_is_told_that_it_does_not_answer_and_no_password(secured, settings):
    settings.ELASTICSEARCH_URL = with_a_name(settings.ELASTICSEARCH_URL)

    with pytest.raises(Unreachable, match="AuthenticationException") as refused:
        ElasticEngine().count()

    assert PASSWORD not in str(refused.value) + str(refused.value.__cause__)


def test_a_server_whose_authority_nobody_named_is_told_nothing(secured, settings):
    settings.ELASTICSEARCH_CA = ""
    settings.ELASTICSEARCH_URL = with_a_name(settings.ELASTICSEARCH_URL)

    with pytest.raises(Unreachable, match="TlsError"):
        ElasticEngine().count()

    assert secured.asked == []
