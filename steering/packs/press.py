"""The press: makes a PDF of HTML in a process of its own, `python -m steering.packs.press`.

It reads JSON from its input (`html`, and `files` by name as base64) and writes the number of pages, a new line and the
PDF. What it takes of memory goes with it, and it holds no connection, no key and no setting of the site. It reads
nothing but what it was handed: addresses of the network and of files are refused.

Where the library or what it draws with is missing, it ends with `CANNOT`.
"""

import base64
import json
import sys
from typing import Any

CANNOT = 69  # "service unavailable", as systems number it
HANDED = "pack:"  # what the addresses of the files handed in begin with


class Refusal(ValueError):
    """An address that the press does not read."""


def read(address: str, files: dict[str, bytes]) -> bytes:
    """The file handed in under an address; any other address is refused."""
    if not address.startswith(HANDED) or address.removeprefix(HANDED) not in files:
        raise Refusal(f"The press reads nothing from {address[:60]}")
    return files[address.removeprefix(HANDED)]


def main() -> int:
    """Print what stands at the input; returns the code of the process's end."""
    handed = json.load(sys.stdin)
    files = {name: base64.b64decode(content) for name, content in handed["files"].items()}
    try:
        import weasyprint  # noqa: F401 - a library that may be missing, or miss what it draws with
    except (ImportError, OSError) as missing:
        sys.stderr.write(f"{missing}\n")
        return CANNOT
    pages, pdf = pressed(handed["html"], files)
    sys.stdout.buffer.write(f"{pages}\n".encode() + pdf)
    return 0


def pressed(html: str, files: dict[str, bytes]) -> tuple[int, bytes]:
    """The number of pages and the PDF, tagged as PDF/UA-1."""
    from weasyprint import HTML  # half a second, of this process alone
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OfTheHouse(URLFetcher):
        """Reads the files handed in, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, read(url, files))

    document = HTML(string=html, base_url=HANDED, url_fetcher=OfTheHouse()).render()
    return len(document.pages), document.write_pdf(pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    sys.exit(main())
