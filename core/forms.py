"""Form fields that clean what people type."""

import re
from email.errors import MessageError
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.db import models

from core.text import check_words, clean_line, clean_text

# On fields about somebody else, so that a browser does not offer the person's own name or address there.
OF_SOMEBODY_ELSE = {"autocomplete": "off"}
# As many characters as a column of an address has.
LONGEST_ADDRESS = 254


def check_address(value: str) -> None:
    """Refuse what is no e-mail address, or one that no mail can be sent to, as where its domain is too long."""
    validate_email(value)
    is_short = len(value) <= LONGEST_ADDRESS  # else the field says so
    try:
        if is_short and len(value.lower()) > LONGEST_ADDRESS:  # as it is kept, which is longer with some letters
            raise ValueError
        sanitize_address(value, "utf-8")
    except (ValueError, IndexError, MessageError) as problem:
        sentence = "No mail can be sent to this address. Enter one like name@council.gov.uk."
        raise ValidationError(sentence, code="invalid") from problem


class LineField(forms.CharField):
    """One line of plain text."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """Several lines of plain text, of at most `most_words` words where given."""

    widget = forms.Textarea

    def __init__(self, *, most_words: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_words = most_words

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.most_words:
            check_words(value, self.most_words)


class NumberField(forms.DecimalField):
    """A number as people write it: 1,200, £1200, 65%. Its `unit`, where it has one, is printed beside the box.

    The unit may be typed too, before or after the number, and no other: 65% of a cost is not £65.

    It cleans to an int, or with `decimal_places` to a Decimal.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a number, like 1,200."}

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 15, "decimal_places": 0} | kwargs)
        self.unit = unit

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        words = str(value).strip()
        words = (
            words.removeprefix(self.unit) if words.startswith(self.unit) else words.removesuffix(self.unit)
        ).strip()
        if other := next((sign for sign in "£%" if words.strip(sign) != words), ""):
            raise ValidationError(f"Enter the number without “{other}”.", code="other_unit")
        if not re.fullmatch(r"[-−]?([0-9]{1,30}|[0-9]{1,3}(,[0-9]{3}){1,9})(\.[0-9]{1,30})?", words):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if "." in words and not self.decimal_places:
            raise ValidationError("Enter a whole number, like 1,200.", code="invalid")
        return super().to_python(words.replace(",", "").replace("−", "-"))

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return number if number is None or self.decimal_places else int(number)


class _OnlyKeys:
    """A field of keys; what no key column could hold is an invalid choice, without a query."""

    def clean(self: Any, value: Any) -> Any:
        key_field = self.queryset.model._meta.get_field(self.to_field_name or self.queryset.model._meta.pk.name)
        for key in value if isinstance(value, list | tuple) else [value]:
            if key in self.empty_values:
                continue
            try:
                key_field.clean(key, None)
            except ValidationError as problem:
                sentence, shown = self.error_messages["invalid_choice"], str(key)[:40]
                raise ValidationError(sentence, code="invalid_choice", params={"value": shown}) from problem
        return super().clean(value)  # type: ignore[misc]  # mixed into a field


class RowField(_OnlyKeys, forms.ModelChoiceField):
    """One row."""


class RowsField(_OnlyKeys, forms.ModelMultipleChoiceField):
    """Several rows."""


def plain_formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """`formfield_callback` of model forms: text columns and keys become the fields above."""
    if isinstance(field, models.TextField):
        kwargs["form_class"] = TextField
    elif type(field) is models.CharField and not field.choices:
        kwargs["form_class"] = LineField
    elif isinstance(field, models.ManyToManyField):
        kwargs["form_class"] = RowsField
    elif isinstance(field, models.ForeignKey):
        kwargs["form_class"] = RowField
    return field.formfield(**kwargs)


def as_sent(form: forms.BaseForm) -> dict[str, Any]:
    """The data that a browser would send of an unchanged form."""
    sent: dict[str, Any] = {}
    for field in form:
        value, widget = field.value(), field.field.widget
        if isinstance(widget, forms.MultiWidget):
            names: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # its stubs leave it out
            parts = zip(names, widget.decompress(value) or [], strict=True)
            sent |= {f"{field.html_name}{name}": part or "" for name, part in parts}
        elif value is not None:
            sent[field.html_name] = value
    return sent
