"""What people type about an asset of its kind."""

from typing import Any

from assets_registry.details.kinds import questions_of, wrong_in
from assets_registry.models import Asset
from core.forms import LineField
from core.links import check_page
from questions.checking import name_of
from questions.forms import AnswersForm


class DetailsForm(AnswersForm):
    """What the entries of an asset's kind say, and where it is demonstrated."""

    demonstration_url = LineField(
        label="A demonstration",
        help_text="The address of a page or film that shows it at work, beginning with https://",
        max_length=400,
        required=False,
        validators=[check_page],
    )

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        said = asset.details if isinstance(asset.details, dict) else {}
        super().__init__(*args, questions=questions_of(asset.kind), answered=said, **kwargs)
        self.kind = asset.kind
        self.initial["demonstration_url"] = asset.demonstration_url
        self.order_fields([*(field for field in self.fields if field != "demonstration_url"), "demonstration_url"])

    def clean(self) -> dict[str, Any]:
        """An address must be one that everybody can open, and a text no longer than its field says."""
        cleaned = super().clean()
        for key, sentence in wrong_in(self.kind, self.question_answers).items():
            self.add_error(name_of(key), sentence)
        return cleaned
