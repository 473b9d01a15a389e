"""Files that pass for pictures and are not, or that are and hide more: kinds by tricks, made here."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from struct import pack
from typing import NamedTuple

from PIL import Image, PngImagePlugin

HIDDEN = b"canary-51.77-N"
SCRIPT = b"<script>alert('" + HIDDEN + b"')</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
XXE = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>'
LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg><text>&b;</text></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(" + HIDDEN + b")>>>>endobj\n%%EOF"
OURS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
OTHERS = {
    "GIF": "gif",
    "TIFF": "tif",
    "BMP": "bmp",
    "ICO": "ico",
    "AVIF": "avif",
    "PDF": "pdf",
    "EPS": "eps",
    "TGA": "tga",
}


class Hostile(NamedTuple):
    """A file as a browser sends it."""

    name: str
    content: bytes
    content_type: str = "image/png"


def drawn(kind: str, **more: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (12, 8), "teal").save(file, kind, **more)
    return file.getvalue()


def _zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", SCRIPT)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""
    chunks = [
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 99)),
        (b"IEND", b""),
    ]
    packed = (pack(">I", len(words)) + kind + words + pack(">I", zlib.crc32(kind + words)) for kind, words in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def corpus() -> Iterator[Hostile]:
    """More than ninety of them, each with a name that says what it is."""
    for kind, ending in OURS.items():
        yield from _of_our_kind(kind, ending, drawn(kind))
    for kind, ending in OTHERS.items():
        plain = drawn(kind)
        yield Hostile(f"honest-{kind}.{ending}", plain)
        yield Hostile(f"called-png-{kind}.png", plain)
    for name, content in {
        "svg": SVG,
        "xxe": XXE,
        "laughs": LAUGHS,
        "html": SCRIPT,
        "zip": _zip(),
        "words": b"words",
    }.items():
        yield Hostile(f"{name}.png", content)
        yield Hostile(f"{name}.svg", content, "image/svg+xml")
    yield Hostile("gif-and-js.png", b"GIF89a/*" + HIDDEN + b"*/=1;alert(1)")
    for side in (6_000, 12_000, 20_000, 50_000):
        yield Hostile(f"bomb-{side}.png", png_that_says(side, side))
    yield Hostile("no-width.png", png_that_says(0, 8))
    yield Hostile(
        "large-jpeg.jpg", drawn("JPEG").replace(pack(">HH", 8, 12), pack(">HH", 60_000, 60_000), 1), "image/jpeg"
    )


def _of_our_kind(kind: str, ending: str, plain: bytes) -> Iterator[Hostile]:
    hides = {"html": SCRIPT, "svg": SVG, "pdf": PDF, "zip": _zip(), "php": b"<?php echo 1; // " + HIDDEN}
    for what, hidden in hides.items():
        yield Hostile(f"{kind}-then-{what}.{ending}", plain + hidden)
        yield Hostile(f"{what}-then-{kind}.{ending}", hidden + plain)
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = SCRIPT.decode(), {1: "N", 2: (51.0, 46.0, 12.0)}
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SCRIPT.decode())
    told.add_itxt("XML:com.adobe.xmp", SCRIPT.decode(), zip=False)
    yield Hostile(f"exif-{kind}.{ending}", drawn(kind, exif=exif))
    yield Hostile(f"told-{kind}.{ending}", drawn(kind, pnginfo=told, comment=SCRIPT, xmp=SCRIPT))
    yield Hostile(f"colours-{kind}.{ending}", drawn(kind, icc_profile=SCRIPT))
    frames = [Image.new("RGB", (12, 8), colour) for colour in ("teal", "red")]
    moving = BytesIO()
    frames[0].save(moving, {"JPEG": "MPO"}.get(kind, kind), save_all=True, append_images=frames[1:])
    yield Hostile(f"moves-{kind}.{ending}", moving.getvalue())
    for share in (0.1, 0.5, 0.9):
        yield Hostile(f"cut-at-{share}-{kind}.{ending}", plain[: int(len(plain) * share)])
    yield Hostile(f"turned-{kind}.{ending}", plain[:20] + plain[20:][::-1])
    yield Hostile(f"empty-{kind}.{ending}", b"")
    for other in ("svg", "html", "png.exe", "gif", "jpg" if kind != "JPEG" else "png"):
        yield Hostile(f"called-{kind}.{other}", plain, "text/html")
