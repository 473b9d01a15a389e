"""A control of the look at a page: what is wrong is found wherever it stands, as surely as with every text tried."""

import pytest
from django.conf import settings

from tests.journeys.axe import faults

PAGE = """<!doctype html><html lang="en"><head><title>A page</title><style>
  body { color: #222; background: #fff; font: 16px sans-serif }
  .covered { position: relative }
  .covered::before { content: ""; position: absolute; inset: 0; background: #fff; z-index: -1 }
</style></head><body><main><h1>A page</h1><p>Some words.</p><p>More words.</p><p>And more.</p>%s</main></body></html>"""
PALE = "color: #bbb"
RIGHT = {
    "a large text may be paler": '<p style="color: #888; font-size: 32px">Large words</p>',
    "what cannot be used": f'<button disabled style="{PALE}; background: #fff">Not now</button>',
    "what nobody sees": f'<p style="{PALE}; visibility: hidden">Unseen words</p>',
}
WRONG = {
    "the last of many alike, in itself": ("color-contrast", f'<p style="{PALE}">Pale words</p>'),
    "by what stands behind it": ("color-contrast", '<p style="background: #333">Words in the dark</p>'),
    "by what stands behind what it stands in": ("color-contrast", '<div style="background: #333"><p>Words</p></div>'),
    "by fading": ("color-contrast", '<p style="opacity: .3">Faded words</p>'),
    "small after large": (
        "color-contrast",
        f'{RIGHT["a large text may be paler"]}<p style="color: #888">Small words</p>',
    ),
    "after one that cannot be used": (
        "color-contrast",
        f'{RIGHT["what cannot be used"]}<button style="{PALE}; background: #fff">Now</button>',
    ),
    "after one that nobody sees": ("color-contrast", f'{RIGHT["what nobody sees"]}<p style="{PALE}">Seen words</p>'),
    "after one that cannot be judged": (
        "color-contrast",
        f'<p style="{PALE}" class="covered">Covered words</p><p style="{PALE}">Bare words</p>',
    ),
    "in a field": ("color-contrast", f'<label>Name <input value="Amina" style="{PALE}; background: #fff"></label>'),
    "a picture without words": ("image-alt", '<img src="data:,">'),
    "a field without a name": ("label", "<input>"),
    "targets too small": (
        "target-size",
        '<a href="/a" style="display: inline-block; width: 9px; height: 9px; overflow: hidden">one</a>'
        '<a href="/b" style="display: inline-block; width: 9px; height: 9px; overflow: hidden">two</a>',
    ),
}


def test_control_a_fault_in_any_place_of_a_page_is_found(chromium):
    page = chromium.new_page()
    missed = []
    for case, words in RIGHT.items():
        page.set_content(PAGE % words)
        missed += [f"{case}: {line}" for line in faults(page)]
    for case, (rule, words) in WRONG.items():
        page.set_content(PAGE % words)
        briefly, wholly = faults(page), faults(page, every_text=True)
        if {line.split()[0] for line in briefly} != {rule} or briefly != wholly:
            missed.append(f"{case}: {briefly} instead of {wholly}")
    page.close()
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize(
    "words",
    [
        '<div class="actions"><a class="govuk-button" href="/">Ask %s</a><a href="/">All of %s</a></div>',
        '<div class="actions"><form><button class="govuk-button">Take %s off</button></form></div>',
        '<div class="lda-reach"><div class="lda-reach__action"><a class="govuk-button" href="/">In %s</a></div></div>',
        '<ul class="lda-reach__links"><li><a href="/">Take %s off</a></li></ul>',
    ],
)
def test_a_long_name_in_a_button_or_a_link_does_not_make_a_phone_scroll_sideways(words, chromium):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    styles = (settings.BASE_DIR / "build" / "look" / "portal.css").read_text()
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
    page.set_content(
        f'<style>{styles}</style><body class="govuk-template__body"><main class="govuk-width-container">'
        f"{words.replace('%s', name)}</main></body>"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
