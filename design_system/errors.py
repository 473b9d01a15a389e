"""The errors of forms: the entries of the error summary, and the status of the response."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms import BaseForm, BaseFormSet, BoundField, Field
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, MultiWidget, RadioSelect, Select

from core.answering import refusal_in
from core.forms import NumberField

_TOO_OFTEN = "too_many_login_attempts"  # allauth's code for a locked-out account
_LIMITS = {
    "max_length": "This has {show_value:,} characters. Keep it to {limit_value:,} or fewer.",
    "min_value": "Enter {limit_value:,} or more.",
    "max_value": "Enter {limit_value:,} or less.",
    "max_digits": "Enter a number of at most {max} digits.",
    "max_decimal_places": "Enter at most {max} digits after the point.",
    "max_whole_digits": "Enter at most {max} digits before the point.",
}

_FEW = 1000
_OF_ANY_FIELD = re.compile(r"This has [\d,]+ char|Enter (a number|a whole number|at most|[\d,]+ or)")


def has_errors(form: BaseForm | BaseFormSet) -> bool:
    """Whether a bound form has errors. Does not validate an unbound form."""
    return form.is_bound and bool(form.errors if isinstance(form, BaseForm) else not form.is_valid())


def status_of(forms: Iterable[BaseForm | BaseFormSet]) -> int:
    """The status of a response with these forms: 429 too often, 409 refused, 422 invalid, else 200.

    Refused is what a rule forbids as things stand; invalid is what the person can correct in the form.
    """
    broken = [form for form in forms if has_errors(form)]
    if any(form.has_error(name, _TOO_OFTEN) for form in broken if isinstance(form, BaseForm) for name in form.errors):
        return 429
    if any(_is_refused(form) for form in broken if isinstance(form, BaseForm)):
        return 409
    return 422 if broken else 200


def _is_refused(form: BaseForm) -> bool:
    """Whether the form was refused by a rule that names no field, so that no other input would pass."""
    refusal = refusal_in(form)
    return refusal is not None and refusal.field not in form.fields


def first_control(field: BoundField) -> str:
    """The id of the control that an error links to; of a group, its first."""
    id_ = field.auto_id
    if id_ and isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple | MultiWidget):
        return f"{id_}_0"
    return field.id_for_label or id_


def sentences(field: BoundField) -> list[str]:
    """A field's errors as sentences that say what to do, in place of some of Django's own."""
    return [_advice(field, error) for error in field.errors.as_data()]


def _advice(field: BoundField, error: ValidationError) -> str:
    sentence = str(error.messages[0])
    if sentence == str(EmailValidator.message):
        return "Enter an e-mail address, like name@council.gov.uk."
    if sentence == NumberField.default_error_messages["invalid"]:
        return _number_for(field) or sentence
    if sentence == str(Field.default_error_messages["required"]):
        label = str(field.label).rstrip("?:.")
        if isinstance(field.field.widget, RadioSelect | Select):
            return f"Choose an answer for “{label}”."
        return f"Tick “{label}” to go on." if isinstance(field.field.widget, CheckboxInput) else f"Fill in “{label}”."
    if sentence.startswith("Ensure ") and error.code in _LIMITS:  # a limit for which the form has no words of its own
        return _LIMITS[error.code].format(**error.params)
    return sentence


def _number_for(field: BoundField) -> str:
    """Which numbers a field takes, as a sentence, where they are few enough for that to help; else empty."""
    least, most = (getattr(field.field, name, None) for name in ("min_value", "max_value"))
    if least is None or most is None or most > _FEW:
        return ""
    return f"Enter a number from {least:,} to {most:,}."


def _says_what_of(sentence: str) -> bool:
    """Whether a sentence by itself tells which field it is about: those that any number or text gets do not."""
    return _OF_ANY_FIELD.match(sentence) is None


def listed_errors(form: BaseForm | BaseFormSet) -> Iterator[tuple[str, str]]:
    """The sentences and link targets, in the order of the page; errors of no field come first and have no target."""
    if not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        yield from ((str(error), "") for error in form.non_form_errors())
        for one in form.forms:
            yield from listed_errors(one)
        return
    yield from ((str(error), "") for error in form.non_field_errors())
    fields = [(field, sentence) for field in form for sentence in sentences(field)]
    said = Counter(sentence for _, sentence in fields)
    for field, sentence in fields:
        # Two links that read alike would not say which field each is about.
        is_clear = said[sentence] == 1 and _says_what_of(sentence)
        words = sentence if is_clear else f"{field.label}: {sentence}"
        if group := getattr(field.field, "stands_under", ""):  # the title of one of many groups of the same boxes
            words = f"{group}, {field.label.lower()}: {sentence}"
        yield words, "" if field.is_hidden else first_control(field)
