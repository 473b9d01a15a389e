from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assets_registry import licences, publiccode
from assets_registry.forms.languages import OtherLanguages, values_of_languages
from assets_registry.models import Asset
from assets_registry.publiccode.kinds import too_short
from assets_registry.publiccode.vocabularies import LONG_LEAST, MAINTENANCE, PLATFORMS, SOFTWARE_TYPES
from assets_registry.repositories import as_address
from core.forms import LineField, RowField, RowsField, TextField
from core.links import check_repository
from core.pictures import PictureField
from councils.forms import OrganisationField
from councils.kinds import Tier
from councils.models import Membership, Service
from councils.permissions import organisations_of
from design_system.forms import DateField
from projects.models import Project, Purpose

_MAINTENANCE_NAMES = {
    "internal": "By the owner",
    "contract": "By a firm under contract",
    "community": "By a community",
    "none": "Nobody",
}


# Fields without a column of their own.
_KEPT_IN_THE_FILE = ("platforms", "software_type", "features", "maintenance", "contractor", "contract_until")


class AssetForm(OtherLanguages, forms.Form):
    """What an owner says about an asset. Owner and file are asked for once, on registering."""

    owner = OrganisationField(label="Who owns it")
    name = LineField(label="Name", max_length=120, error_messages={"required": "Give it a name."})
    kind = forms.ChoiceField(
        label="What it is",
        choices=Asset.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    summary = LineField(
        label="In one sentence",
        help_text="What a council gets from it. Up to 150 characters.",
        max_length=150,
        error_messages={"required": "Say in one sentence what it is."},
    )
    description = TextField(
        label="Description",
        help_text="What it does, what a council needs to use it, and what it does not do. For code at least 150 "
        "characters. You can use Markdown.",
        max_length=10_000,
        required=False,
    )
    repository_url = LineField(
        label="Where it is kept",
        help_text="The address of the repository or page, beginning with https://",
        max_length=400,
        required=False,
    )
    licence = LineField(
        label="Licence",
        help_text="As an SPDX expression, such as MIT, EUPL-1.2 or OGL-UK-3.0",
        max_length=licences.MOST,
        required=False,
    )
    version = LineField(label="Version", max_length=40, required=False)
    released_on = DateField(label="When this version came out", required=False)
    service = RowField(
        Service.objects.all(), label="Which service is it for?", required=False, empty_label="No service in particular"
    )
    tier = forms.ChoiceField(
        label="Which councils is it for?",
        help_text="Take-up is counted on these. Leave it to the service where you are not sure.",
        choices=[("", "Those that provide the service"), *Tier.choices],
        required=False,
    )
    phase = forms.ChoiceField(label="Phase", choices=Asset.Phase.choices, initial=Asset.Phase.LIVE)
    project = RowField(
        Project.objects.all(), label="Which project did it come out of?", required=False, empty_label="None"
    )
    purposes = RowsField(
        label="Which purposes does it serve?",
        help_text="Of the Alliance and its campaign. The board sees which of them have no asset.",
        queryset=Purpose.objects.of_any_record(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = LineField(
        label="Team to write to",
        help_text="A team's name or shared mailbox, not a person's",
        max_length=120,
        required=False,
    )
    software_type = forms.ChoiceField(
        label="Sort of software",
        choices=[("", "Not software"), *((value, value) for value in SOFTWARE_TYPES)],
        required=False,
    )
    platforms = forms.MultipleChoiceField(
        label="Where it runs",
        choices=[(value, publiccode.platform_in_words(value)) for value in PLATFORMS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_platforms = LineField(
        label="Other platforms", help_text="Separated by commas", max_length=400, required=False
    )
    features = TextField(label="What it can do", help_text="One line for each", max_length=20_000, required=False)
    maintenance = forms.ChoiceField(
        label="Who looks after it",
        choices=[("", "Not said"), *((value, _MAINTENANCE_NAMES[value]) for value in MAINTENANCE)],
        required=False,
    )
    contractor = LineField(
        label="Which firm", help_text="If a firm looks after it under contract", max_length=200, required=False
    )
    contract_until = DateField(label="Until when the contract runs", required=False)
    leaving = LineField(
        label="How a council stops using it",
        help_text="What it takes away with it, and whom to tell. One or two sentences.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    picture = PictureField(
        label="A picture",
        help_text="A screenshot or a drawing: PNG, JPEG or WebP, up to 5 MB, at most four times as long "
        "one way as the other. What a camera wrote into the file is not kept.",
        required=False,
    )
    picture_alt = LineField(
        label="What the picture shows",
        help_text="Needed with a picture. Read out to people who cannot see it: what is on the screen, in a sentence.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    remove_picture = forms.BooleanField(label="Take the picture away", required=False)
    publiccode_text = forms.CharField(
        label="The file as it was read",
        help_text="Keys without a field above are kept and given back as they stand here; for the others the fields "
        "count. Contacts that may be people, e-mail addresses and phone numbers are not kept.",
        max_length=publiccode.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        required=False,
        strip=False,
        error_messages={"max_length": publiccode.TOO_LONG},
    )

    def __init__(self, *args: Any, user: User, asset: Asset | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = asset.publiccode if asset and isinstance(asset.publiccode, dict) else {}
        self.was_left_out = asset.left_out if asset else []
        if asset:
            self.initial = {**values_of(asset), **self.initial}
        self.add_languages()
        self.has_picture = bool(asset and asset.picture)
        if self.has_picture:
            self.fields["picture"].label = "Another picture in its place"
        else:
            del self.fields["remove_picture"]
        if asset:
            del self.fields["owner"]
            return
        fields: dict[str, Any] = self.fields
        fields["owner"].offer(organisations_of(user, at_least=Membership.Role.CONTRIBUTOR))

    def clean_repository_url(self) -> str:
        address = as_address(self.cleaned_data["repository_url"])
        if address:
            check_repository(address)
        return address

    def clean_licence(self) -> str:
        return licences.normal(self.cleaned_data["licence"])

    def clean_publiccode_text(self) -> publiccode.Contents | None:
        """The file as read; None where none was sent."""
        text = self.cleaned_data["publiccode_text"]
        try:
            return publiccode.find(text) if text.strip() else None
        except publiccode.Unreadable as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        """Code can be reused only if one may, can find it, and learns enough about it."""
        given = super().clean() or {}
        if given.get("maintenance") == "contract":
            for field, sentence in (
                ("contractor", "Say which firm looks after it."),
                ("contract_until", "Say until when the contract runs."),
            ):
                if field not in self.errors and not given.get(field):
                    self.add_error(field, sentence)
        self.check_new_language(given)
        self._check_picture(given)
        if given.get("kind") == Asset.Kind.CODE:
            self._check_code(given)
        if self.errors:
            self.ask_for_the_picture_again()
        return given

    def _check_picture(self, given: dict[str, Any]) -> None:
        """A picture and what it shows come together."""
        if given.get("remove_picture") or "picture_alt" in self.errors:
            return
        is_shown = self.has_picture or self._was_picture_sent()
        if is_shown and not given.get("picture_alt"):
            self.add_error("picture_alt", "Say what the picture shows, for people who cannot see it.")
        elif given.get("picture_alt") and not is_shown:
            self.add_error("picture", "Choose the picture that this describes, or empty “What the picture shows”.")

    def _was_picture_sent(self) -> bool:
        return bool(self.files.get(self.add_prefix("picture")))

    def ask_for_the_picture_again(self) -> None:
        """Say beside the picture's field to choose it again: a browser keeps no file when a form comes back."""
        if self._was_picture_sent() and "picture" not in self.errors:
            self.add_error("picture", "Choose the picture again: a browser does not keep it when a form comes back.")

    def _check_code(self, given: dict[str, Any]) -> None:
        for field, sentence in (
            ("repository_url", "Say where the code is kept."),
            ("licence", "Code without a licence cannot be reused. Say which it has."),
        ):
            if field not in self.errors and not given.get(field):
                self.add_error(field, sentence)
        if "description" not in self.errors and len(given.get("description", "")) < LONG_LEAST:
            length = len(given.get("description", ""))
            self.add_error(
                "description", f"This is too short for code: longDescription {too_short(length, LONG_LEAST)}."
            )

    @property
    def answers(self) -> dict[str, Any]:
        """As the operation takes them. What the file said and no field shows stays."""
        given = dict(self.cleaned_data)
        if given.pop("remove_picture", False):
            given |= {"picture": None, "picture_alt": ""}
        service = given.pop("service")
        given["services"] = [service] if service else []
        given["purposes"] = list(given["purposes"])
        others = [name for part in given.pop("other_platforms").split(",") if (name := part.strip())]
        given["platforms"] = list(dict.fromkeys([*given["platforms"], *others]))
        said, left_out = self._file(given.pop("publiccode_text"))
        said, people = publiccode.without_people(self.with_other_languages(said, given))
        if people:
            left_out = {"left_out": list(dict.fromkeys([*left_out.get("left_out", self.was_left_out), *people]))}
        in_file = {field: given.pop(field) for field in _KEPT_IN_THE_FILE}
        return {**given, **left_out, "publiccode": publiccode.with_fields(said, in_file)}

    def _file(self, found: publiccode.Contents | None) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """The file without people, and what was left out of it; the file that is kept where none was sent."""
        if "publiccode_text" not in self.data or (found and found.data == self.kept):
            return self.kept, {}
        said, people = publiccode.without_people(found.data) if found else ({}, [])
        return said, {"left_out": [*people, *(found.dropped if found else [])]}


def values_of(asset: Asset) -> dict[str, Any]:
    """An entry as the form shows it."""
    fields = ("name", "kind", "summary", "description", "repository_url", "licence", "version", "released_on")
    kept = asset.publiccode if isinstance(asset.publiccode, dict) else {}
    said = values_of_file(kept)
    return {
        **{key: said[key] for key in (*_KEPT_IN_THE_FILE, "other_platforms") if key in said},
        **values_of_languages(kept),
        **{field: getattr(asset, field) for field in (*fields, "tier", "phase", "contact", "leaving", "picture_alt")},
        "project": asset.project_id,
        "purposes": [purpose.pk for purpose in asset.purposes.all()],
        "service": next((service.pk for service in asset.services.all()), None),
        "publiccode_text": publiccode.written(kept),
    }


def values_of_file(data: dict[str, Any]) -> dict[str, Any]:
    """A file as the form shows it: platforms that have no box stand in a line of their own."""
    said = publiccode.fields_of(data)
    runs_on = said.get("platforms", [])
    return {
        **said,
        "platforms": [name for name in runs_on if name in PLATFORMS],
        "other_platforms": ", ".join(name for name in runs_on if name not in PLATFORMS),
        **values_of_languages(data),
    }


class ReasonForm(forms.Form):
    """Why an entry is sent back or withdrawn."""

    reason = LineField(
        label="Reason",
        max_length=300,
        error_messages={"required": "Give a reason, so that others understand."},
    )
