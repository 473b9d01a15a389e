"""The two screenshots of assets of the demo programme, drawn in the site's typeface."""

from functools import cache
from io import BytesIO

from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from core.pictures import CleanPicture, made_anew
from core.words import counted
from portal.demo.pictures import DEEP, INK, LINE, MINT, MUTED, SUN, TEAL, WASH, WHITE

WIDTH, HEIGHT = 1200, 760
_FONT = "look/fonts/inter-latin.woff2"

CALCULATOR = (
    "The calculator at question 8 of 11, “What is the home worth?”, answered with £210,000. Beside it what is known so "
    "far: the council pays £412 a week, and £21,424 is owed after a year."
)
BIN_TEXTS = (
    "The form: postcode, mobile number, and two boxes to tick, for a text on the evening before and for a text when "
    "the day changes. Beside it a phone with one text of each kind."
)


def calculator() -> CleanPicture:
    """The calculator after some of its questions, with its result so far."""
    page = _Page("Paying for care")
    page.say((70, 150), "Question 8 of 11", 24, MUTED)
    page.draw.rectangle((70, 192, 670, 200), fill=LINE)
    page.draw.rectangle((70, 192, 70 + 600 * 8 // 11, 200), fill=TEAL)
    page.say((70, 240), "What is the home worth?", 46, weight=760)
    page.say((70, 316), "Your best guess will do. You can change it later.", 25, MUTED)
    page.field((70, 380, 430, 446), "£210,000")
    page.button((70, 490, 280, 554), "Continue")
    page.say((70, 600), "Nothing that you type here is kept.", 23, MUTED)

    page.draw.rectangle((740, 150, 1130, 690), fill=WASH)
    page.say((775, 180), "So far", 30, weight=720)
    page.say((775, 240), "The council pays", 24, MUTED)
    page.say((775, 272), "£412 a week", 36, weight=720)
    page.say((775, 348), "You owe after", 24, MUTED)
    for year, owed in enumerate((21_424, 42_848, 64_272), start=1):
        top = 350 + 78 * year - 36
        page.say((775, top), counted(year, "year"), 23)
        page.say((1095, top), f"£{owed:,}", 23, weight=650, anchor="ra")
        page.draw.rectangle((775, top + 34, 775 + 320 * owed // 64_272, top + 52), fill=TEAL)
    return page.picture()


def bin_texts() -> CleanPicture:
    """The form with which a resident asks for texts, and the texts they receive."""
    page = _Page("Harlow: bins and recycling")
    page.say((70, 140), "Texts about your bin day", 46, weight=760)
    page.say((70, 228), "Postcode", 24, weight=650)
    page.field((70, 264, 330, 324), "CM20 0ZZ")
    page.say((70, 352), "Mobile number", 24, weight=650)
    page.field((70, 388, 470, 448), "07700 900123")
    for top, words in ((490, "The evening before"), (548, "When the day changes")):
        page.tick((70, top), words)
    page.button((70, 628, 320, 692), "Send me texts")

    page.draw.rounded_rectangle((760, 130, 1120, 720), radius=42, fill=INK)
    page.draw.rounded_rectangle((778, 156, 1102, 694), radius=24, fill=WASH)
    page.bubble((800, 190), "Wednesday 18.00", ("Recycling tomorrow,", "blue bin. Please put it", "out by 6.30."))
    page.bubble(
        (800, 420), "Friday 17.10", ("Monday is a holiday.", "Your bin day moves", "from Tuesday to", "Wednesday.")
    )
    return page.picture()


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The site's font; Pillow's own where the style sheets are not built."""
    path = finders.find(_FONT)
    try:
        font = ImageFont.truetype(str(path), size)
        font.set_variation_by_axes([min(size, 32), weight])
    except OSError:
        return ImageFont.load_default(size)
    return font


class _Page:
    """A drawn web page: a dark header, text, boxes and buttons."""

    def __init__(self, title: str) -> None:
        self._image = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
        self.draw = ImageDraw.Draw(self._image)
        self.draw.rectangle((0, 0, WIDTH, 92), fill=DEEP)
        self.draw.rectangle((0, 92, WIDTH, 98), fill=SUN)
        self.say((70, 28), title, 30, WHITE, weight=700)

    def say(
        self,
        at: tuple[int, int],
        words: str,
        size: int,
        colour: str = INK,
        *,
        weight: int = 420,
        anchor: str = "la",
    ) -> None:
        self.draw.text(at, words, font=_font(size, weight), fill=colour, anchor=anchor)

    def field(self, box: tuple[int, int, int, int], typed: str) -> None:
        self.draw.rectangle(box, outline=INK, width=3)
        self.draw.text((box[0] + 18, (box[1] + box[3]) // 2), typed, font=_font(28, 420), fill=INK, anchor="lm")

    def button(self, box: tuple[int, int, int, int], words: str) -> None:
        self.draw.rectangle(box, fill=TEAL)
        middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
        self.draw.text(middle, words, font=_font(26, 650), fill=WHITE, anchor="mm")

    def tick(self, at: tuple[int, int], words: str) -> None:
        x, y = at
        self.draw.rectangle((x, y, x + 38, y + 38), outline=INK, width=3)
        self.draw.line((x + 9, y + 20, x + 16, y + 28, x + 30, y + 10), fill=INK, width=5, joint="curve")
        self.draw.text((x + 56, y + 19), words, font=_font(26, 420), fill=INK, anchor="lm")

    def bubble(self, at: tuple[int, int], when: str, lines: tuple[str, ...]) -> None:
        x, y = at
        self.say((x, y), when, 20, MUTED)
        self.draw.rounded_rectangle((x, y + 34, x + 280, y + 64 + 36 * len(lines)), radius=18, fill=MINT)
        for number, line in enumerate(lines):
            self.say((x + 18, y + 50 + 36 * number), line, 24)

    def picture(self) -> CleanPicture:
        written = BytesIO()
        self._image.save(written, "PNG")
        return made_anew(SimpleUploadedFile("drawing.png", written.getvalue()))
