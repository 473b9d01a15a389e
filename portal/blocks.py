"""The block that the home page has beside those of every page."""

from wagtail.blocks import StructBlock

from publishing.blocks.inputs import LineBlock, RecordBlock
from publishing.blocks.kinds import PageBody


class OpenPart(StructBlock):
    heading = LineBlock(max_length=80, default="Open now")
    introduction = LineBlock(required=False, max_length=200, default="What you can take part in next.")
    need = RecordBlock(
        "needs",
        required=False,
        label="Need to join",
        help_text="The address of its page: it stands in the dark panel. Empty: the open one that most councils have",
    )

    class Meta:
        icon = "calendar-alt"
        label = "Open now"
        description = "The next events and open votes, beside a need to join"
        template = "portal/blocks/open.html"
        preview_value = {"heading": "Open now", "introduction": "What you can take part in next.", "need": ""}


class HomeBody(PageBody):
    """What the home page is made of."""

    open = OpenPart()

    class Meta:
        block_counts = {"open": {"max_num": 1}}
