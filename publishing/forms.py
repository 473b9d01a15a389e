"""The forms in which a council writes its case study and adds a picture, and the reasons that are asked for."""

import re
from collections.abc import Callable
from copy import copy
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.forms import LineField, TextField
from core.numbers import HIGHEST_KEY, whole_number
from core.pictures import keep_pixels_alone, refuse_too_many_pixels
from core.text import clean_line
from core.words import day_in_words
from councils.models import Membership, Organisation, in_force_on
from councils.permissions import councils_of
from publishing.acts import DECISIONS, act_of, changed_since_opened, not_done, reason_in
from publishing.blocks import live
from publishing.blocks.field import BodyFormField
from publishing.models.answer import council_of
from publishing.permissions import is_editor, visible_pictures
from take_up.models import Benefit
from take_up.permissions import visible_benefits

MOST_TAGS = 5
PICTURES_WE_TAKE = "JPEG, PNG or WebP, up to 5 MB"
PICTURE_ERRORS = {
    "required": "Choose a picture.",
    "invalid_image": f"This is no picture, or the file is damaged. Choose {PICTURES_WE_TAKE}.",
    "invalid_image_extension": f"We cannot use this kind of file. Choose {PICTURES_WE_TAKE}.",
    "invalid_image_known_format": "The file is called .%(extension)s but is %(image_format)s inside. Save it again.",
    "file_too_large": "This file has %(file_size)s, and the most is %(max_filesize)s. Save it smaller.",
    "file_too_large_unknown_size": f"This file is too large. Choose {PICTURES_WE_TAKE}.",
    "file_too_many_pixels": "It has %(num_pixels)s pixels, and the most is %(max_pixels_count)s. Make it smaller.",
}


_SAYS_NO_MORE_THAN_PICTURE = re.compile(
    r"^(an?|the|this|my|our)?\s*(new\s+)?(image|picture|photo|photograph|graphic|screenshot|img|untitled)(\s+(\d+|file|here))*\W*$",
    re.IGNORECASE,
)

ADDRESS_TAKEN = "Another page has this address. Change it, or change the title."


class SendBackForm(forms.Form):
    """What should change, asked of whoever sends a page back."""

    comment = TextField(
        label="What should change",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say what should change."},
    )


def _say_how_long(field: Any) -> None:
    """Say a field's limit in words of ours, in place of Django's sentence about “this value”."""
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = "Make it shorter: at most %(limit_value)d characters, and it has %(show_value)d."


def _offer(field: Any, organisations: QuerySet[Organisation], *, chosen: int | None = None) -> None:
    """Let a field offer those that are in force, and the one chosen already, whose key is `chosen`.

    One that is no more stands with its last day: a new council may have its name.
    """
    if field is not None:
        field.queryset = organisations.filter(in_force_on(clock.today()) | Q(pk=chosen))
        field.label_from_instance = _with_its_end


def _with_its_end(organisation: Organisation) -> str:
    if not organisation.has_ended:
        return str(organisation)
    return f"{organisation.full_name}, until {day_in_words(organisation.ends_on)}"


class PictureFileField(WagtailImageField):
    """A file of which the pixels alone are kept: where it was taken stays with whoever took it."""

    def to_python(self, data: Any) -> Any:
        """The file, checked and written anew; Wagtail's own check lets what a broken file does to its decoder pass."""
        try:
            if data and hasattr(data, "seek"):
                refuse_too_many_pixels(data)
            file = super().to_python(data)
            if file is not None:
                keep_pixels_alone(file)
        except forms.ValidationError:
            raise
        except Exception as problem:
            raise forms.ValidationError(self.error_messages["invalid_image"], code="invalid_image") from problem
        return file


def check_description(words: str) -> str:
    """What a picture shows, in a sentence: the name of its file tells nothing to whoever cannot see it."""
    said = clean_line(words)
    if re.search(r"\.(jpe?g|png|webp|gif|heic|tiff?)$", said, re.IGNORECASE) or " " not in said:
        raise forms.ValidationError("Say in a sentence what the picture shows, not what its file is called.")
    if _SAYS_NO_MORE_THAN_PICTURE.match(said):
        raise forms.ValidationError("Say what can be seen on it: that it is a picture, readers know.")
    return said


class PictureForm(BaseImageForm):
    """A picture with what it shows; whoever writes for one council gives it to that one."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            asked = self.fields["file"]
            self.fields["file"] = PictureFileField(label=asked.label, widget=asked.widget, required=asked.required)
            self.fields["file"].help_text = f"{PICTURES_WE_TAKE}."
            self.fields["file"].error_messages |= PICTURE_ERRORS
        self.fields["title"].required = False
        self.fields["description"].error_messages["required"] = "Say what the picture shows."
        for name in ("title", "description", "credit"):
            _say_how_long(self.fields[name])
        if is_editor(user):
            _offer(self.fields["council"], Organisation.objects.councils(), chosen=self.instance.council_id)
            return
        own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
        if len(own) < 2:
            del self.fields["council"]
            self.instance.council = own[0] if own else None
            return
        offered = Organisation.objects.filter(pk__in=[council.pk for council in own])
        _offer(self.fields["council"], offered, chosen=self.instance.council_id)
        self.fields["council"].required = True
        self.fields["council"].error_messages["required"] = "Choose whose picture it is."

    def clean_description(self) -> str:
        return check_description(self.cleaned_data["description"])

    def clean_title(self) -> str:
        """What the picture shows, where nobody gave it a name: the chooser fills in what its file is called."""
        title, file = self.cleaned_data["title"], self.files.get(self.add_prefix("file"))
        named_by_file = file is not None and title in {file.name, PurePath(file.name).stem}
        return self.cleaned_data.get("description", "") if named_by_file or not title else title


class WithdrawCaseStudyForm(forms.Form):
    """Why something is taken back; the reason stands on its page."""

    reason = LineField(
        label="Reason",
        help_text="It stands on the page for everyone to read.",
        max_length=300,
        error_messages={"required": "Enter the reason: it stands on the page."},
    )


class AnswerForm(forms.Form):
    """Which of one's council's assets and case studies answers a need."""

    answer = forms.ChoiceField(
        label="What have you done?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you have done.", "invalid_choice": "Choose one from the list."},
    )

    def __init__(self, *args: Any, could_answer: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"{row._meta.model_name}-{row.pk}": row for row in could_answer}
        field: Any = self.fields["answer"]
        field.choices = [(key, _answer_in_full(row)) for key, row in self.rows.items()]

    def clean_answer(self) -> Any:
        return self.rows[self.cleaned_data["answer"]]

    @property
    def answers(self) -> dict[str, Any]:
        """As the operation takes them."""
        return {"answer_with": self.cleaned_data["answer"]}


def _answer_in_full(row: Any) -> str:
    kind = "asset" if isinstance(row, Asset) else "case study"
    return f"{row} ({kind}, {council_of(row)})"


def _benefit_in_full(benefit: Benefit) -> str:
    """“Saving, all councils in scope: Deferred payments calculator, Harlow”."""
    council = benefit.council
    return f"{benefit.title}: {benefit.about or benefit.claimed_in}{f', {council}' if council else ''}"


class PageForm(WagtailAdminPageForm):
    """The form of a page: it takes what its writer may see, and has no word of Wagtail's for the end of an address."""

    # By field: the rows that a person may see. One chosen already may stay, whoever chose it.
    offers: dict[str, Callable[[Any], QuerySet]] = {"picture": visible_pictures}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._take_unseen_pictures_out_of_blocks()
        if self.instance.pk is None and isinstance(body := self.fields.get("body"), BodyFormField):
            # So that one can begin to type.
            self.initial["body"] = body.block.to_python([{"type": "text", "value": ""}])
        for each in self.fields.values():
            if each.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                each.error_messages["required"] = f"Fill this in: {str(each.label).lower()}."
        for name in self.offers.keys() & self.fields.keys():
            field: Any = self.fields[name]
            seen = Q(pk__in=self.offers[name](self.for_user).values("pk"))
            field.queryset = field.queryset.filter(seen | Q(pk__in=self._chosen(name)))
            field.error_messages["invalid_choice"] = "Choose one that you may see."

    def _take_unseen_pictures_out_of_blocks(self) -> None:
        """Empty what names a picture that this person may not see: the chooser would show whichever was sent."""
        if "body" not in self.fields:
            return
        names = [name for name in self.data if re.fullmatch(r"body-\d+-value-picture", name)]
        sent = {name: whole_number(self.data[name]) for name in names if self.data[name]}
        if not sent:
            return
        here = {block.value["picture"].pk for block in self.instance.body if _has_picture(block)}
        seen = set(visible_pictures(self.for_user).filter(pk__in=sent.values()).values_list("pk", flat=True)) | here
        if unseen := [name for name, key in sent.items() if key not in seen]:
            self.data = self.data.copy()
            for name in unseen:
                self.data[name] = ""

    def _chosen(self, name: str) -> list[int]:
        """The keys of what the page holds under that name."""
        if self.instance._meta.get_field(name).many_to_many:
            return [row.pk for row in getattr(self.instance, name).all()] if self.instance.pk else []
        key = getattr(self.instance, f"{name}_id")
        return [key] if key else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refused: Any = self.errors.get("slug")
        for error in refused.as_data() if refused else []:
            if "already in use" in str(error.message):
                error.message, error.params = ADDRESS_TAKEN, None
        if "picture" in self.errors:
            # The chooser names whichever picture was sent, so none comes back.
            self.data = self.data.copy()
            self.data[self.add_prefix("picture")] = ""
        self._check_reason()
        self._check_that_the_words_were_shown()
        return cleaned

    def _check_that_the_words_were_shown(self) -> None:
        """Nobody decides on words that others changed since; what was typed comes back in the form."""
        if not (changed := changed_since_opened(self.data, self.instance)):
            return
        self.add_error(None, changed)
        # The form that comes back does not say that it shows the newest version: pressed again, it is refused again.
        shown = self.instance.revisions.filter(pk=whole_number(self.data.get("loaded_revision_id", ""))).first()
        if shown is None or shown.pk == self.instance.latest_revision_id:
            shown = copy(self.instance.latest_revision)
            shown.pk = HIGHEST_KEY  # of no version
        self.instance.latest_revision = shown

    def _check_reason(self) -> None:
        """A page that is sent back from its editor goes with a reason, as Wagtail's own window asks for it."""
        if act_of(self.data) != DECISIONS["reject"]:
            return
        asked = SendBackForm({"comment": reason_in(self.data)})
        for error in asked.errors.get("comment", []):
            self.add_error(None, f"{not_done(DECISIONS['reject'])}. {error}")


class PageCopyForm(CopyForm):
    """What a copy of a page is called and where it stands, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].label = "End of its address"


class NewsForm(PageForm):
    """The form of news: whose it is, what it is about, and a few tags."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields.get("council"), Organisation.objects.all(), chosen=self.instance.council_id)

    def clean_about(self) -> str:
        """The address of a record that everybody may see."""
        address = clean_line(self.cleaned_data["about"])
        if not address:
            return ""
        if (record := live.record_at(address)) is None:
            raise forms.ValidationError("Nothing that everybody may see stands there. Copy the address of its page.")
        return record.url

    def clean_tags(self) -> list[str]:
        tags = list(dict.fromkeys(clean_line(tag).lower() for tag in self.cleaned_data["tags"]))
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(f"Keep to {MOST_TAGS} tags: these are {len(tags)}.")
        if strange := next((tag for tag in tags if not slugify(tag)), None):
            raise forms.ValidationError(f"“{strange}” is no word. Use letters and numbers.")
        return tags


def _has_picture(block: Any) -> bool:
    return block.block_type == "picture" and block.value["picture"] is not None


class CaseStudyForm(PageForm):
    """Offers the author's own councils, asks for figures that can be compared, and cleans the lines."""

    offers = PageForm.offers | {"asset": visible_assets, "benefits": visible_benefits}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "benefits" in self.fields:
            self._tell_benefits_apart(self.fields["benefits"])
        if "council" not in self.fields:
            return
        offered = Organisation.objects.councils()
        if not (self.for_user.is_superuser or is_editor(self.for_user)):
            own = councils_of(self.for_user, at_least=Membership.Role.CONTRIBUTOR)
            offered = offered.filter(pk__in=[council.pk for council in own])
            if len(own) == 1 and not self.instance.council_id:
                self.initial["council"] = own[0].pk
        _offer(self.fields["council"], offered, chosen=self.instance.council_id)
        checker, verified_for = self.fields.get("checker_organisation"), self.instance.checker_organisation_id
        _offer(checker, Organisation.objects.all(), chosen=verified_for)

    def _tell_benefits_apart(self, field: Any) -> None:
        """Label each benefit with what and whose it is."""
        field.queryset = field.queryset.select_related("project__lead_council", "adoption__asset", "adoption__council")
        field.label_from_instance = _benefit_in_full

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str) and isinstance(self.fields.get(name), forms.CharField):
                # Rich text comes as one line of markup too, so line breaks in it may go.
                cleaned[name] = clean_line(value)
        self._check_figures(cleaned)
        self._check_checker(cleaned)
        return cleaned

    def _check_figures(self, cleaned: dict[str, Any]) -> None:
        """A figure needs its unit and its day; two of them are compared, so they have one unit and two days."""
        for name in ("before", "after"):
            if cleaned.get(name) is None:
                continue
            if not cleaned.get(f"{name}_unit"):
                self.add_error(f"{name}_unit", "Enter the unit of the figure.")
            if not cleaned.get(f"{name}_on") and f"{name}_on" not in self.errors:
                self.add_error(f"{name}_on", "Enter the day it was measured.")
            elif cleaned.get(f"{name}_on") and cleaned[f"{name}_on"] > clock.today():
                self.add_error(f"{name}_on", "Enter the day it was measured, not one still to come.")
        if cleaned.get("before") is None:
            return
        if cleaned.get("after") is None:
            if "after" not in self.errors:
                self.add_error("after", "Enter what it is now, beside what it was before.")
            return
        first, second = cleaned.get("before_unit"), cleaned.get("after_unit")
        if first and second and first != second:
            self.add_error("after_unit", f"Enter the figure in {first} too: different units cannot be compared.")
        since, until = cleaned.get("before_on"), cleaned.get("after_on")
        if since and until and since >= until:
            self.add_error("after_on", "Enter a day after the first figure’s.")

    def _check_checker(self, cleaned: dict[str, Any]) -> None:
        """Whoever verifies is named, and is not of the council itself."""
        organisation = cleaned.get("checker_organisation")
        if organisation and organisation == cleaned.get("council"):
            self.add_error("checker_organisation", "Choose another organisation: a council does not verify itself.")
        if organisation and not cleaned.get("checked_by"):
            self.add_error("checked_by", "Enter who verified the figures.")
        if cleaned.get("checked_by") and "checker_organisation" in self.fields and not organisation:
            self.add_error("checker_organisation", "Choose the organisation they verify for.")
