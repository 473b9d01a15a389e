"""Pictures and downloads. Wagtail asks for the rights to its own `image` and `document` to let people change them."""

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from core.privacy import Personal, Privacy
from councils.models import Organisation

_UPLOADER = Personal(
    "Who uploaded the file",
    "To ask about it",
    "Alliance editors",
    "As long as the file; emptied with the account",
)


class Picture(AbstractImage):
    """A picture for case studies and news: seen where a page that shows it may be seen, and by its council before."""

    title = models.CharField(
        "name in the list of pictures",
        max_length=255,
        help_text="Readers do not see it; left empty, it is what it shows",
    )
    council = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose picture it is: its people see it before a page shows it. Empty: the Alliance’s own",
    )
    description = models.CharField(
        "what it shows",
        max_length=255,
        help_text="In a sentence, for people who cannot see it: “A crew empties a bin and ticks it off in the cab”",
    )
    credit = models.CharField(max_length=160, blank=True, help_text="Who made it, and under which licence")

    admin_form_fields = (
        "file",
        "description",
        "credit",
        "title",
        "council",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    privacy = Privacy(
        personal={"uploaded_by_user": _UPLOADER}, impersonal=("title", "file", "description", "credit", "file_hash")
    )


class PictureRendition(AbstractRendition):
    """A picture at one size, made anew from the pixels: what a camera wrote into the file stays behind."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    privacy = Privacy(impersonal=("filter_spec", "file", "focal_point_key"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_kind")
        ]


class Download(AbstractDocument):
    """A file to download; its collection says who may."""

    admin_form_fields = ("title", "file", "collection", "tags")

    privacy = Privacy(personal={"uploaded_by_user": _UPLOADER}, impersonal=("title", "file", "file_hash"))
