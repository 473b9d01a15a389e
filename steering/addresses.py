"""The path converter of days in addresses, as in 2013-12-10."""

import datetime as dt


class DayConverter:
    """Matches a day that exists; any other text is not found."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)

    def to_url(self, day: dt.date | str) -> str:
        return str(day)
