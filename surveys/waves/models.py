"""Waves of the annual survey, the tables that go through them, and each figure as it was printed."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from core.privacy import Privacy
from councils.kinds import ENGLISH_KINDS, Kind
from councils.models import Organisation
from events.models import Skill
from questions.models import QuestionSet

SHORT, LONG = 300, 1000


class Continuity(models.TextChoices):
    """How a table or a row of one wave stands to the wave before."""

    ASKED = "asked", "Asked; no wave before it is held here"
    SAME = "same", "Asked as before"
    CHANGED = "changed", "Asked in other words or with another scale"
    NEW = "new", "Not asked before"
    DROPPED = "dropped", "Asked before, not in this wave"
    NOT_ASKED = "not_asked", "Not asked"
    UNSAID = "unsaid", "The source does not say whether it was asked"


ASKED_IN_SOME_WAY = (Continuity.ASKED, Continuity.SAME, Continuity.CHANGED, Continuity.NEW)


class Basis(models.TextChoices):
    """What a figure is a share or a mean of."""

    RESPONDENTS = "respondents", "Share of those who answered"
    MENTIONS = "mentions", "Share of all mentions"
    AGREE = "agree", "Share who agree or strongly agree"
    SUM = "sum", "Two rounded shares added up"
    MEAN = "mean", "Mean of the numbers given"


class CouncilType(models.TextChoices):
    """The types by which the survey counts its response."""

    COUNTIES = "counties", "English counties"
    DISTRICTS = "districts", "English districts"
    UNITARIES = "unitaries", "English unitaries"
    LONDON = "london", "London boroughs"
    METROPOLITAN = "metropolitan", "Metropolitan districts"
    SCOTTISH = "scottish", "Scottish councils"
    WELSH = "welsh", "Welsh councils"
    NORTHERN_IRISH = "northern-irish", "Northern Irish councils"


KINDS_OF_TYPE: dict[str, tuple[Kind, ...]] = {
    CouncilType.COUNTIES: (Kind.COUNTY,),
    CouncilType.DISTRICTS: (Kind.DISTRICT,),
    CouncilType.UNITARIES: (Kind.UNITARY,),
    CouncilType.LONDON: (Kind.LONDON, Kind.CITY),  # the 33 of the report are 32 boroughs and the City
    CouncilType.METROPOLITAN: (Kind.METROPOLITAN,),
    CouncilType.SCOTTISH: (Kind.SCOTTISH,),
    CouncilType.WELSH: (Kind.WELSH,),
    CouncilType.NORTHERN_IRISH: (Kind.NORTHERN_IRISH,),
}
ENGLISH_TYPES = tuple(each for each, kinds in KINDS_OF_TYPE.items() if kinds[0] in ENGLISH_KINDS)


class Wave(models.Model):
    """The survey of one year."""

    year = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, blank=True, help_text="The day as at which it counts; empty if not known")
    respondents = models.PositiveIntegerField(null=True, blank=True, help_text="Empty where no source prints it")
    published_on = models.DateField(null=True, blank=True, help_text="The first day of its month, if that is all")
    source = models.CharField(max_length=SHORT)
    source_url = models.URLField(blank=True)
    licence = models.CharField(max_length=120)
    questions = models.OneToOneField(QuestionSet, on_delete=models.PROTECT, null=True, blank=True, related_name="wave")

    privacy = Privacy(impersonal=("title", "source", "source_url", "licence"))

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2013, year__lte=2099), name="a_wave_is_of_a_year_from_2013"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(licence=""), name="a_wave_names_source_and_licence"),
            models.CheckConstraint(
                condition=Q(respondents__isnull=True) | Q(respondents__gt=0), name="somebody_answered_a_wave"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_run_here(self) -> bool:
        """Whether people answer it here, rather than that its figures come from a report."""
        return hasattr(self, "fieldwork")

    @property
    def is_illustrative(self) -> bool:
        """Whether it was made up, to show how the portal works."""
        return self.is_run_here and bool(self.fieldwork.is_illustrative)


class ResultsTable(models.Model):
    """A table of results that goes through the waves under one address."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    row_noun = models.CharField("what a row is", max_length=40, help_text="As in “barrier”")
    is_ranked = models.BooleanField(default=False, help_text="Whether the order of its rows says something")

    privacy = Privacy(impersonal=("title", "row_noun"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One column of figures of a table."""

    class Unit(models.TextChoices):
        PERCENT = "%", "%"
        POUNDS = "£", "£"

    table = models.ForeignKey(ResultsTable, on_delete=models.CASCADE, related_name="measures")
    key = models.SlugField(max_length=40)
    words = models.CharField(max_length=120)
    unit = models.CharField(max_length=1, choices=Unit.choices, default=Unit.PERCENT)
    basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.RESPONDENTS)
    breakdown = models.SlugField(max_length=40, blank=True, help_text="By what it divides those who answered: level")
    is_headline = models.BooleanField(default=False, help_text="The one by which rows are ranked and compared")
    position = models.PositiveSmallIntegerField()

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="one_measure_of_a_key_in_a_table"),
            models.UniqueConstraint(
                fields=["table"], condition=Q(is_headline=True), name="one_headline_measure_of_a_table"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ResultsRow(models.Model):
    """A line of a table, the same in every wave: a statement, a role, a barrier."""

    table = models.ForeignKey(ResultsTable, on_delete=models.CASCADE, related_name="rows")
    key = models.SlugField(max_length=60)
    words = models.CharField(max_length=SHORT)
    position = models.PositiveSmallIntegerField(help_text="As in the questionnaire")
    is_rest = models.BooleanField(default=False, help_text="“Other”: what is left, which has no rank")
    skill = models.OneToOneField(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="survey_row",
        help_text="Of the table of skills: its figures are the skill’s own",
    )  # fmt: skip

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["table", "position"]
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="one_row_of_a_key_in_a_table")]

    def __str__(self) -> str:
        return self.words


class AskedTable(models.Model):
    """What one wave asked for a table, how that stands to the wave before, and where the report prints the answers."""

    class Base(models.TextChoices):
        """What is known of the number of people behind the printed shares."""

        ONLY = "only", "Recovered: the only number that fits every share"
        LIKELY = "likely", "Recovered: it fits every share, and so do other numbers"
        BY_ROW = "by_row", "Recovered: each row has its own"
        NONE = "none", "As printed; no base can be recovered"
        PRINTED = "printed", "Printed"
        ROUNDED = "rounded", "Rounded to the nearest 5"

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="tables")
    table = models.ForeignKey(ResultsTable, on_delete=models.PROTECT, related_name="waves")
    number = models.CharField("number of the question", max_length=12, blank=True)
    words = models.CharField("exact words of the question", max_length=LONG, blank=True)
    scale = models.JSONField("answers to choose from", default=list, blank=True)
    shown = models.CharField("which answers the shares are of", max_length=SHORT, blank=True)
    continuity = models.CharField(max_length=10, choices=Continuity.choices)
    continuity_words = models.CharField("what changed, or why", max_length=LONG, blank=True)
    section = models.CharField("where the report prints it", max_length=12, blank=True)
    base = models.CharField(max_length=8, choices=Base.choices, default=Base.NONE)
    base_words = models.CharField("what is known of the base", max_length=LONG, blank=True)

    privacy = Privacy(impersonal=("number", "words", "scale", "shown", "continuity_words", "section", "base_words"))

    class Meta:
        ordering = ["wave", "table__position"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "table"], name="a_wave_asks_for_a_table_once"),
            models.CheckConstraint(
                condition=~Q(continuity=Continuity.CHANGED) | ~Q(continuity_words=""),
                name="a_changed_question_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.table}"

    @property
    def is_asked(self) -> bool:
        return self.continuity in ASKED_IN_SOME_WAY


class AskedRow(models.Model):
    """How a row of a table stands in one wave: asked as before, new, dropped, or asked and not published."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="rows")
    row = models.ForeignKey(ResultsRow, on_delete=models.PROTECT, related_name="waves")
    continuity = models.CharField(max_length=10, choices=Continuity.choices)
    words = models.CharField("exact words in the questionnaire", max_length=LONG, blank=True)
    is_published = models.BooleanField(default=True)
    reason = models.CharField("why it is not published, or what changed", max_length=LONG, blank=True)

    privacy = Privacy(impersonal=("words", "reason"))

    class Meta:
        ordering = ["wave", "row__position"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "row"], name="a_row_stands_once_in_a_wave"),
            models.CheckConstraint(
                condition=(Q(is_published=True) & ~Q(continuity=Continuity.CHANGED)) | ~Q(reason=""),
                name="a_row_left_out_or_changed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.row}"


class PrintedCell(models.Model):
    """One figure of a published table with its base, or which of four things it is that nothing stands there."""

    class State(models.TextChoices):
        PRINTED = "printed", "Printed"
        NOT_PRINTED = "not_printed", "Not printed"
        WITHHELD = "withheld", "Withheld"
        NOBODY = "nobody", "Nobody answered"
        NOT_ASKED = "not_asked", "Not asked"

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="cells")
    row = models.ForeignKey(ResultsRow, on_delete=models.PROTECT, related_name="cells")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="cells")
    state = models.CharField(max_length=11, choices=State.choices)
    value = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    places = models.PositiveSmallIntegerField("decimals as printed", default=1)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)

    privacy = Privacy()

    class Meta:
        ordering = ["wave", "row__position", "measure__position"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "row", "measure"], name="one_cell_for_a_wave_a_row_and_a_measure"),
            models.CheckConstraint(
                condition=Q(state="printed", value__isnull=False) | (~Q(state="printed") & Q(value__isnull=True)),
                name="a_printed_cell_alone_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=True, denominator__gt=0, state="printed")  # a mean
                | Q(
                    numerator__isnull=False,
                    denominator__isnull=False,
                    denominator__gt=0,
                    numerator__lte=F("denominator"),
                    state="printed",
                ),
                name="a_count_of_a_cell_has_its_base",
            ),
            models.CheckConstraint(condition=Q(places__lte=4), name="a_cell_has_four_decimals_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, {self.row}: {self.printed}"

    @property
    def printed(self) -> str:
        """The number with the decimals of the report, without its unit; else the words of its state."""
        return str(self.exact) if self.value is not None else str(self.get_state_display())

    @property
    def exact(self) -> Decimal | None:
        """The value with as many decimals as were printed."""
        return None if self.value is None else self.value.quantize(Decimal(1).scaleb(-self.places))


class TypeResponse(models.Model):
    """How many councils of a type answered a wave, as its report says it."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    council_type = models.CharField(max_length=16, choices=CouncilType.choices)
    councils = models.PositiveSmallIntegerField(help_text="Of the type, as printed")
    answered = models.PositiveSmallIntegerField()
    printed_share = models.PositiveSmallIntegerField(help_text="Whole per cent, as printed")
    position = models.PositiveSmallIntegerField()

    privacy = Privacy()

    class Meta:
        ordering = ["wave", "position"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "council_type"], name="one_response_of_a_type_in_a_wave"),
            models.CheckConstraint(condition=Q(answered__lte=F("councils")), name="no_more_councils_answer_than_are"),
            models.CheckConstraint(condition=Q(printed_share__lte=100), name="no_response_is_over_a_hundred_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_council_type_display()}"


class NamedOrganisation(models.Model):
    """A line of the report's list of organisations whose people answered."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="named")
    line = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120, help_text="As printed, without “(multiple)”")
    is_multiple = models.BooleanField(default=False, help_text="Marked “(multiple)”: several of its people answered")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in_surveys",
        help_text="Empty where the directory does not have it",
    )  # fmt: skip

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["wave", "line"]
        constraints = [models.UniqueConstraint(fields=["wave", "line"], name="one_organisation_on_a_line_of_a_wave")]

    def __str__(self) -> str:
        return self.words


class WaveNote(models.Model):
    """What a reader has to know so as not to misread a table, or the whole wave where no table is named."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="notes")
    table = models.ForeignKey(ResultsTable, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    key = models.SlugField(max_length=40)
    words = models.CharField(max_length=LONG)
    position = models.PositiveSmallIntegerField()

    privacy = Privacy(impersonal=("words",))

    class Meta:
        ordering = ["wave", "position"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "key"], name="one_note_of_a_key_in_a_wave"),
            models.CheckConstraint(condition=~Q(words=""), name="a_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.words
