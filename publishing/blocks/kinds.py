"""The kinds of block: what each asks of editors, and what its template is handed."""

from decimal import Decimal
from functools import cached_property
from typing import Any
from zlib import crc32

from wagtail.blocks import ChoiceBlock, DateBlock, ListBlock, MultipleChoiceBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from core.numbers import decimal_number
from core.words import day_in_words
from design_system.charts import bars, columns
from publishing.blocks import live
from publishing.blocks.field import MOST, Body
from publishing.blocks.inputs import (
    LineBlock,
    LinesBlock,
    LinkBlock,
    RecordBlock,
    RichWordsBlock,
    WordsBlock,
    lines_of,
)

RICH_WORDS = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
_COLUMNS_AT_MOST = 12


class TextPart(RichWordsBlock):
    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Headings, paragraphs and lists"
        template = "publishing/blocks/text.html"
        preview_value = "<h2>Before the day</h2><p>Invite two people from each council: one who runs the service.</p>"


class QuotePart(StructBlock):
    words = WordsBlock(label="What was said", help_text="Without quotation marks")
    who = LineBlock(label="Who said it", help_text="As they want to be named: a role and a council are enough")
    source = LinkBlock(required=False, label="Where it can be read", help_text="Address of the page, if there is one")

    class Meta:
        icon = "openquote"
        label = "Quote"
        description = "What somebody said, and who"
        template = "publishing/blocks/quote.html"
        preview_value = {"words": "We stopped counting calls and asked why people rang.", "who": "Head of service"}


class CallPart(StructBlock):
    heading = LineBlock(max_length=80, help_text="What one can do: “Does your council have this too?”")
    words = WordsBlock(required=False, max_length=300, label="Words", help_text="One or two sentences")
    button = LineBlock(max_length=40, label="Words of the button", help_text="A verb: “Raise a need”")
    address = LinkBlock(label="Where it leads", help_text="“/needs/new/”, or https://…")

    class Meta:
        icon = "arrow-right"
        label = "Call to action"
        description = "One thing to do next, as a button"
        template = "publishing/blocks/call.html"
        preview_value = {
            "heading": "Does your council have this too?",
            "words": "Say so in five minutes. Other councils find it and join.",
            "button": "Raise a need",
            "address": "/needs/new/",
        }


class CardPart(StructBlock):
    title = LineBlock(max_length=80)
    words = WordsBlock(required=False, max_length=200, label="Words")
    address = LinkBlock(label="Where it leads", help_text="“/events/”, or https://…")


class CardsPart(StructBlock):
    heading = LineBlock(required=False, max_length=80)
    cards = ListBlock(CardPart(label="Card"), min_num=2, max_num=12, label="Cards")

    class Meta:
        icon = "grip"
        label = "Cards"
        description = "Two to twelve ways to go on, side by side"
        template = "publishing/blocks/cards.html"
        preview_value = {
            "cards": [
                {"title": "Events", "words": "Where councils meet.", "address": "/events/"},
                {"title": "Needs", "words": "What councils lack.", "address": "/needs/"},
                {"title": "Assets", "words": "What can be reused.", "address": "/assets/"},
            ]
        }


class TablePart(StructBlock):
    caption = LineBlock(label="What the table shows")
    lines = LinesBlock(
        label="Lines",
        help_text="The first line has the headings. “|” between cells, or paste them from a spreadsheet",
    )
    source = LineBlock(required=False, max_length=200, help_text="Where it comes from: the report and its page")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        heads, *rows = lines_of(value["lines"]) or [[]]
        kinds = [all(_is_number(row[n]) for row in rows) if rows else False for n in range(len(heads))]
        head = [
            (words, "numeric") if kind and n else words
            for n, (words, kind) in enumerate(zip(heads, kinds, strict=True))
        ]
        return super().get_context(value, parent_context) | {"head": head, "rows": rows}

    class Meta:
        icon = "table"
        label = "Table"
        description = "A few columns of words or numbers"
        template = "publishing/blocks/table.html"
        preview_value = {"caption": "Who comes", "lines": "Who | How many\nService managers | 12\nDevelopers | 6"}


def _is_number(cell: str) -> bool:
    return decimal_number(cell.removeprefix("£").removesuffix("%")) is not None


class ChartPart(StructBlock):
    title = LineBlock(label="What the chart shows")
    kind = ChoiceBlock(
        choices=[("bars", "Bars"), ("columns", "Columns, for a few short labels in order")],
        default="bars",
        search_index=False,
    )
    each = LineBlock(max_length=40, label="What each line is", help_text="“Month”, “Council”")
    counts = LineBlock(max_length=60, label="What is counted", help_text="With the unit: “Calls a month”")
    lines = LinesBlock(cells=2, last_is_number=True, label="Lines", help_text="“March | 178”, one below the other")
    source = LineBlock(max_length=200, help_text="Where the numbers come from: the report and its page")
    as_at = DateBlock(label="As at", help_text="The day of the last number")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        rows = [(label, _shortest(decimal_number(number))) for label, number in lines_of(value["lines"])]
        draw = columns if value["kind"] == "columns" and len(rows) <= _COLUMNS_AT_MOST else bars
        name = f"chart-{crc32(repr((value['title'], rows)).encode()):x}"
        drawn = draw(name, rows, title=value["title"], of=value["each"], counts=value["counts"])
        as_at = day_in_words(value["as_at"]) if value["as_at"] else ""
        return super().get_context(value, parent_context) | {"drawn": drawn, "as_at": as_at}

    class Meta:
        icon = "history"
        label = "Chart"
        description = "Numbers drawn, with their table, source and day"
        template = "publishing/blocks/chart.html"
        preview_value = {
            "title": "Delegates month by month",
            "kind": "bars",
            "each": "Month",
            "counts": "Delegates",
            "lines": "March | 129\nApril | 100\nMay | 130",
            "source": "The report of the year",
            "as_at": None,
        }


def _shortest(number: Decimal | None) -> Decimal | int | None:
    return int(number) if number is not None and number == int(number) else number


class PictureChooserPart(ImageChooserBlock):
    """Asks for a picture; one that its reader may not see does not reach it (`publishing.forms.PageForm`)."""

    @cached_property
    def field(self) -> Any:
        field = super().field
        field.error_messages["required"] = "Choose a picture that you may see."
        return field


class PicturePart(StructBlock):
    picture = PictureChooserPart(
        required_on_save=True, help_text="Choose one, or upload one: JPEG, PNG or WebP, up to 5 MB"
    )
    caption = LineBlock(required=False, max_length=200, help_text="What readers should notice")

    def get_preview_value(self) -> Any:
        """A picture that everybody sees already, since whoever looks at the preview may see no other."""
        return self.normalize({"picture": live.read("picture", None), "caption": "What readers should notice."})

    @property
    def is_previewable(self) -> bool:
        return True

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A picture with its description and credit"
        template = "publishing/blocks/picture.html"


class FiguresPart(StructBlock):
    heading = LineBlock(required=False, max_length=80)
    introduction = LineBlock(required=False, max_length=200)
    names = MultipleChoiceBlock(
        choices=live.figure_choices, label="Figures", help_text="Each is counted anew each day", search_index=False
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        shown = live.read("figures", value["names"] or [])
        sources = dict.fromkeys(each.figure.source for each in shown if each.figure.source)
        return super().get_context(value, parent_context) | {"figures": shown, "sources": list(sources)}

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"heading": "The year in numbers", "names": [name for name, _ in live.figure_choices()][:3]}
        )

    @property
    def is_previewable(self) -> bool:
        return True

    class Meta:
        icon = "tasks"
        label = "Live figures"
        description = "Large numbers that the portal counts, with their base"
        template = "publishing/blocks/figures.html"


class StoryPart(StructBlock):
    heading = LineBlock(max_length=80, default="From one need to what it saved")
    introduction = LineBlock(required=False, max_length=300, help_text="A sentence under the heading")
    project = RecordBlock(
        "projects", label="Project", help_text="The address of its page: its steps are drawn as a line"
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | live.read("story", value["project"])

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": "From one need to what it saved", "project": live.newest_address("projects")})

    @property
    def is_previewable(self) -> bool:
        return True

    class Meta:
        icon = "date"
        label = "Story"
        description = "The steps of one project, from need to take-up"
        template = "publishing/blocks/story.html"


class FactPart(StructBlock):
    case_study = RecordBlock(
        "case-studies",
        "facts",
        label="Case study or fact card",
        help_text="The address of its page: its figures stand here",
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        if record := live.record_at(value["case_study"], "facts"):
            facts = live.read("fact card", record.row)
        elif record := live.record_at(value["case_study"], "case-studies"):
            facts = live.read("facts", record.row)
        return super().get_context(value, parent_context) | {"record": record} | facts

    def get_preview_value(self) -> Any:
        return self.normalize({"case_study": live.newest_address("case-studies")})

    @property
    def is_previewable(self) -> bool:
        return True

    class Meta:
        icon = "check"
        label = "Fact"
        description = "What a case study measured, or a number that somebody said, and how we know"
        template = "publishing/blocks/fact.html"


class RelatedPart(StructBlock):
    heading = LineBlock(max_length=80, default="Read next")
    records = ListBlock(
        RecordBlock(label="Record", help_text="The address of its page on this site: “/assets/calculator/”"),
        min_num=1,
        max_num=12,
        label="Records",
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"found": live.records_at(value["records"])}

    def get_preview_value(self) -> Any:
        examples = [address for prefix in ("needs", "assets") if (address := live.newest_address(prefix))]
        return self.normalize({"heading": "Read next", "records": examples})

    @property
    def is_previewable(self) -> bool:
        return True

    class Meta:
        icon = "link"
        label = "Related records"
        description = "Needs, projects, events, assets, case studies or news to read next"
        template = "publishing/blocks/related.html"


class PageBody(Body):
    """What guidance and news are made of."""

    text = TextPart(features=RICH_WORDS)
    quote = QuotePart()
    call = CallPart()
    cards = CardsPart()
    table = TablePart()
    chart = ChartPart()
    picture = PicturePart()
    figures = FiguresPart()
    story = StoryPart()
    fact = FactPart()
    related = RelatedPart()

    class Meta:
        max_num = MOST
