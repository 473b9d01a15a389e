"""The pictures on the demo's pages, each drawn from the figures or the text of its page."""

from portal.demo.pictures import DEEP, INK, LINE, MINT, SUN, TEAL, WASH, WHITE, Drawing


def _house(sheet: Drawing, x: float, base: float, *, is_there: bool) -> None:
    """A house 120 wide, filled where it is there and an outline where it was only promised."""
    roof = [(x - 62, base - 68), (x, base - 122), (x + 62, base - 68)]
    if is_there:
        sheet.box(x - 46, base - 72, 92, 72, TEAL, radius=4)
        sheet.shape(roof, DEEP)
        sheet.line(roof, DEEP, thickness=10)
        sheet.box(x - 12, base - 42, 24, 42, SUN, radius=2)
    else:
        sheet.box(x - 46, base - 72, 92, 72, None, radius=4, edge=INK, thickness=4)
        sheet.shape(roof, WASH)
        sheet.line([*roof, roof[0]], INK, thickness=4)


def agreements(before: int, after: int, promised: int) -> bytes:
    """Houses in three groups: as many as agreements a month before, after, and promised."""
    sheet = Drawing(height=560)
    for group, (number, is_there) in enumerate(((before, True), (after, True), (promised, False))):
        x = 230 + group * 370
        sheet.line([(x - 150, 505), (x + 150, 505)], INK, thickness=6)
        for place in range(number):
            beside = 0 if number == 1 else 72 * (-1) ** (place + 1)
            _house(sheet, x + beside, 500 - place // 2 * 145, is_there=is_there)
    return sheet.png()


def calls(before: int, after: int) -> bytes:
    """Two bars to one scale with a bin beside each, full and emptied."""
    sheet, scale = Drawing(), 470 / before
    for x, number, fill in ((210, before, LINE), (720, after, MINT)):
        sheet.bar(x, 618, 170, number * scale, fill)
    _bin(sheet, 500, 618, is_full=True)
    _bin(sheet, 1010, 618, is_full=False)
    sheet.line([(110, 618), (1120, 618)], INK, thickness=6)
    return sheet.png()


def _bin(sheet: Drawing, x: float, base: float, *, is_full: bool) -> None:
    if is_full:
        for right, up in ((-42, 196), (0, 214), (42, 196)):
            sheet.disc(x + right, base - up, 34, DEEP)
    sheet.shape([(x - 78, base - 180), (x + 78, base - 180), (x + 62, base - 22), (x - 62, base - 22)], TEAL)
    lid = [(x - 92, base - 186), (x + 92, base - 186)] if not is_full else [(x - 92, base - 200), (x + 78, base - 268)]
    sheet.line(lid, INK, thickness=16)
    for wheel in (-46, 46):
        sheet.disc(x + wheel, base - 18, 18, INK)


def one_calculator() -> bytes:
    """Screens of three councils with the same calculator, joined to the mark of the Alliance."""
    sheet = Drawing(ground=DEEP)
    for x, colour in ((230, MINT), (600, WHITE), (970, MINT)):
        sheet.line([(600, 150), (x, 330)], TEAL, thickness=10)
        sheet.box(x - 150, 320, 300, 210, WHITE, radius=14, edge=colour, thickness=8)
        sheet.box(x - 34, 530, 68, 44, colour, radius=0)
        sheet.box(x - 92, 568, 184, 16, colour, radius=8)
        sheet.box(x - 110, 350, 220, 42, WASH, radius=6, edge=INK, thickness=3)
        for row in range(2):
            for key in range(4):
                fill = SUN if (row, key) == (1, 3) else MINT
                sheet.box(x - 110 + key * 58, 412 + row * 50, 46, 38, fill, radius=6, edge=INK, thickness=3)
    sheet.disc(600, 150, 118, DEEP)
    sheet.mark(600, 150, 200, (MINT, WHITE, WHITE, SUN))
    return sheet.png()
