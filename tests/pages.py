"""What a page says, for tests to look for words in it."""

import re
from html import unescape

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The page with one space wherever its template breaks a line."""
    return " ".join(response.content.decode().split())


def plain_words(response: HttpResponse) -> str:
    """The page as `words`, without the marks inside a line and with each character as it is read."""
    return " ".join(unescape(re.sub(r"</?(?:span|strong|a)[^>]*>", "", response.content.decode())).split())
