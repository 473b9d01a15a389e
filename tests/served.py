"""A browser without scripts: it reads pages as they are served, fills in their forms by label, and presses what they
offer. Nothing is posted that the page before did not ask for."""

import datetime as dt
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from accounts.models import User


class Browser:
    """One person's browser, or a stranger's. A form without its token is refused, as on the site."""

    def __init__(self, person: User | None = None) -> None:
        self._client = Client(enforce_csrf_checks=True)
        if person:
            self._client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    def go(self, address: str) -> Self:
        return self._read(self._client.get(address, follow=True), address)

    def _read(self, response: HttpResponse, address: str) -> Self:
        self.response = response
        if chain := getattr(response, "redirect_chain", None):
            address = urljoin(address, chain[-1][0])
        parts = urlsplit(address)
        self.address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._page = BeautifulSoup(response.content, "html.parser")
        return self

    @property
    def words(self) -> str:
        """What stands on the page, with one space between words."""
        return _text(self._page.find("main") or self._page)

    # Filling in -------------------------------------------------------------------------------------------

    def field(self, label: str, of: str = "") -> Tag:
        """The first field whose label begins with these words; `of` are those of the question that it belongs to."""
        page = self._page.find("main") or self._page
        for each in (self._question(page, of) if of else page).find_all("label"):
            if _text(each).startswith(label) and (found := self._page.find(id=each.get("for"))):
                return found
        raise AssertionError(f"no field “{label}” on {self.address}: {self.words[:400]}")

    def _question(self, page: Tag, words: str) -> Tag:
        """The innermost group of fields whose question reads so."""
        for legend in page.find_all("legend"):
            if _text(legend).removesuffix(" (optional)") == words:
                return legend.find_parent("fieldset")
        raise AssertionError(f"no question “{words}” on {self.address}: {self.words[:400]}")

    def value(self, label: str) -> str:
        """What stands in a field."""
        found = self.field(label)
        return found.get_text() if found.name == "textarea" else str(found.get("value", ""))

    def fill(self, label: str, words: str, of: str = "") -> Self:
        """Write in a field, or choose the option of a list that reads so."""
        found = self.field(label, of)
        if found.name == "textarea":
            found.string = words
        elif found.name == "select":
            for option in found.find_all("option"):
                option.attrs.pop("selected", None)
                if _text(option) == words:
                    option["selected"] = ""
        else:
            found["value"] = words
        return self

    def check(self, label: str, of: str = "") -> Self:
        """Tick a box, or choose one of several, so that the others are chosen no more; `of` is the question's words."""
        found = self.field(label, of)
        if found.get("type") == "radio":
            for other in self._page.find_all("input", attrs={"type": "radio", "name": found["name"]}):
                other.attrs.pop("checked", None)
        found["checked"] = ""
        return self

    def fill_day(self, question: str, day: dt.date) -> Self:
        """Write a day into the three fields of its question."""
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.fill(part, str(number), of=question)
        return self

    # Pressing ---------------------------------------------------------------------------------------------

    def press(self, name: str) -> Self:
        """Press the first button, else the first link, whose words begin so."""
        page = self._page.find("main") or self._page
        for button in page.find_all("button"):
            if _text(button).startswith(name) and button.get("type", "submit") == "submit" and _form(button):
                return self._send(_form(button), button)
        for link in page.find_all("a", href=True):
            if _text(link).startswith(name):
                return self.go(urljoin(self.address, link["href"]))
        raise AssertionError(f"nothing is called “{name}” on {self.address}: {self.words[:400]}")

    def _send(self, form: Tag, button: Tag) -> Self:
        address = urljoin(self.address, button.get("formaction") or form.get("action") or self.address)
        sent: dict[str, Any] = {}
        for name, value in _values(form, button):
            sent.setdefault(name, []).append(value)
        if form.get("method", "get").lower() == "get":
            return self._read(self._client.get(address.split("?")[0], sent, follow=True), _with(address, sent))
        origin = {"HTTP_REFERER": f"http://testserver{self.address}"}
        return self._read(self._client.post(address, sent, follow=True, **origin), address)


def _with(address: str, sent: dict[str, list[str]]) -> str:
    query = "&".join(f"{name}={value}" for name, values in sent.items() for value in values)
    return f"{address.split('?')[0]}?{query}"


def _form(button: Tag) -> Tag | None:
    return button.find_parent("form")


def _values(form: Tag, button: Tag) -> list[tuple[str, str]]:
    """What a browser sends of a form whose button is pressed."""
    values = []
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in {"submit", "button", "file"}:
            continue
        if field.name == "textarea":
            values.append((name, field.get_text().removeprefix("\n")))
        elif field.name == "select":
            options = field.find_all("option")
            chosen = [each for each in options if each.has_attr("selected")] or options[:1]
            values += [(name, each.get("value", _text(each))) for each in chosen]
        elif kind not in {"checkbox", "radio"} or field.has_attr("checked"):
            values.append((name, field.get("value", "on" if kind == "checkbox" else "")))
    if button.get("name"):
        values.append((button["name"], button.get("value", "")))
    return values


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
