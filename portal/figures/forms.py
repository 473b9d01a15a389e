"""The form of the year in numbers."""

import calendar
import datetime as dt

from django import forms

from core.words import day_in_words
from portal.figures.queries import Period


class PeriodForm(forms.Form):
    """A year, and the day in it up to which is counted."""

    is_filter = True

    year = forms.ChoiceField(label="Year", required=False)
    as_at = forms.ChoiceField(label="Counted up to", required=False)

    def __init__(self, period: Period) -> None:
        super().__init__(
            initial={"year": str(period.year), "as_at": "" if period.is_whole else period.until.isoformat()}
        )
        years = sorted({period.year, *period.years}, reverse=True)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]  # a choice
        ends = [dt.date(period.year, month, calendar.monthrange(period.year, month)[1]) for month in range(1, 12)]
        days = sorted({*ends, period.until} - {dt.date(period.year, 12, 31)})
        self.fields["as_at"].choices = [  # type: ignore[attr-defined]  # a choice
            ("", "The end of the year"),
            *((day.isoformat(), day_in_words(day)) for day in days),
        ]
