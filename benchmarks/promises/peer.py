"""An order at another system's HTTP interface, which is asked by turns with a sign-up of ours."""

import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Peer:
    """Where an order is posted, with which headers, and its JSON."""

    name: str
    address: str
    headers: dict[str, str]
    body: dict[str, Any]

    def order(self) -> int:
        """Place one order; the status of the answer. Raises HTTPError where it is refused."""
        body = json.dumps(self.body).encode()
        request = urllib.request.Request(
            self.address, body, {"Content-Type": "application/json", **self.headers}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status


def read_peer(file: str) -> Peer | None:
    """The peer that a JSON file describes; None without a file."""
    return Peer(**json.loads(Path(file).read_text())) if file else None
