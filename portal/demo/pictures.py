"""Draws the pictures of the demo programme: plain shapes in the colours of the site, as PNG.

They hold no words: their descriptions say what they show.
"""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

INK, MUTED, TEAL, DEEP = "#12201f", "#4b5f5d", "#0b4f4a", "#072f2c"
GREEN, AMBER, VIOLET, CORAL = "#0f6b3a", "#9a6200", "#5a3d8a", "#c8452f"
MINT, SUN, WASH, LINE, WHITE = "#8fd3c6", "#ffcf33", "#f2f7f6", "#cfdbd9", "#ffffff"

_FINER = 3  # drawn larger by this factor and reduced, so that edges are smooth


class Drawing:
    """A sheet to draw on, in pixels from its top left corner."""

    def __init__(self, width: int = 1200, height: int = 675, ground: str = WASH) -> None:
        self._size = (width, height)
        self._sheet = Image.new("RGB", (width * _FINER, height * _FINER), ground)
        self._pen = ImageDraw.Draw(self._sheet)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = WHITE,
        *,
        radius: float = 10,
        edge: str | None = None,
        thickness: float = 5,
    ) -> None:
        """A rectangle with round corners; `edge` is the colour of its outline."""
        corners = _finer(x, y, x + width, y + height)
        self._pen.rounded_rectangle(
            corners, radius * _FINER, fill=fill, outline=edge, width=round(thickness * _FINER) if edge else 0
        )

    def disc(
        self, x: float, y: float, radius: float, fill: str | None, *, edge: str | None = None, thickness: float = 5
    ) -> None:
        """A circle around x and y; without a fill it is a ring."""
        corners = _finer(x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse(corners, fill=fill, outline=edge, width=round(thickness * _FINER) if edge else 0)

    def line(self, points: Sequence[tuple[float, float]], colour: str = INK, *, thickness: float = 5) -> None:
        """A line through the points, with round ends and corners."""
        finer = [tuple(_finer(*point)) for point in points]
        self._pen.line(finer, fill=colour, width=round(thickness * _FINER), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, thickness / 2, colour)

    def shape(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """What the points enclose."""
        self._pen.polygon([tuple(_finer(*point)) for point in points], fill=fill)

    def bar(self, x: float, base: float, width: float, height: float, fill: str, *, edge: str | None = INK) -> None:
        """A bar that stands on `base`; `height` is in pixels."""
        self.box(x, base - height, width, height, fill, radius=4, edge=edge)

    def person(self, x: float, base: float, height: float, colour: str) -> None:
        """Somebody who stands on `base`: a head above shoulders."""
        head = height * 0.19
        self.box(
            x - height * 0.27, base - height * 0.56, height * 0.54, height * 0.56 + head, colour, radius=head * 1.3
        )
        self.disc(x, base - height + head, head, colour)

    def mark(self, x: float, y: float, size: float, colours: Sequence[str] = (TEAL, TEAL, TEAL, SUN)) -> None:
        """The four linked rings around x and y."""
        apart, radius = size * 0.23, size * 0.33
        for (right, down), colour in zip(((-1, -1), (1, -1), (-1, 1), (1, 1)), colours, strict=True):
            self.disc(x + right * apart, y + down * apart, radius, None, edge=colour, thickness=size * 0.075)

    def png(self) -> bytes:
        """The drawing as a PNG file."""
        pixels = BytesIO()
        smooth = self._sheet.resize(self._size, Image.Resampling.LANCZOS)
        smooth.quantize(128, dither=Image.Dither.NONE).save(pixels, "PNG", optimize=True)
        return pixels.getvalue()


def _finer(*numbers: float) -> list[float]:
    return [number * _FINER for number in numbers]
