"""Uploaded pictures: re-encoded from their pixels, and served to readers of the record they belong to."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from PIL import Image, ImageOps

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 30_000_000
LONGEST_SIDE = 1600
LONGEST_SIDE_OF_ORIGINAL = 2400
MOST_TIMES_AS_LONG = 4
_FORMATS = ("PNG", "JPEG", "WEBP")
TOO_MANY_PIXELS = "This picture has more than 30 million pixels. Choose a smaller one."
TOO_LONG = "This picture is more than four times as long one way as the other. Cut it to what matters."
NO_PICTURE = "This is not a picture that we can read. Choose a PNG, JPEG or WebP file."


@dataclass(frozen=True)
class CleanPicture:
    """A re-encoded picture, as WebP."""

    content: bytes
    width: int
    height: int


def made_anew(sent: UploadedFile) -> CleanPicture:
    """Re-encode an uploaded picture from its pixels alone; raise ValidationError for what is not a picture."""
    if (sent.size or 0) > MOST_BYTES:
        raise ValidationError(f"This file has {(sent.size or 0) / 1024**2:.1f} MB. Choose one of up to 5 MB.")
    try:
        with Image.open(sent, formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS)
            if max(image.size) > MOST_TIMES_AS_LONG * min(image.size):
                raise ValidationError(TOO_LONG)
            return _picture(image)
    except ValidationError:
        raise
    except Image.DecompressionBombError as problem:
        raise ValidationError(TOO_MANY_PIXELS) from problem
    except Exception as problem:  # a broken file breaks its decoder in many ways
        raise ValidationError(NO_PICTURE) from problem


def refuse_too_many_pixels(sent: UploadedFile) -> None:
    """Raise ValidationError for a picture that says it has too many, before any is read; let pass what is no picture.

    For a form of others that reads them all to count them: a few kilobytes may say that they are 170 million.
    """
    sent.seek(0)
    try:
        with Image.open(sent, formats=_FORMATS) as image:
            pixels = image.width * image.height
    except Image.DecompressionBombError as problem:
        raise ValidationError(TOO_MANY_PIXELS) from problem
    except Exception:  # what it is instead, the form says
        pixels = 0
    finally:
        sent.seek(0)
    if pixels > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)


def keep_pixels_alone(sent: UploadedFile) -> None:
    """Replace what an uploaded file holds by its pixels, in its own format; raise ValidationError for what has none.

    What a camera wrote into it and what hides behind its pixels goes; of an animation the first picture stays.
    """
    sent.seek(0)
    try:
        with Image.open(sent, formats=_FORMATS) as image:
            kind = image.format or "PNG"
            written = BytesIO()
            _pixels(image, LONGEST_SIDE_OF_ORIGINAL, see_through=kind != "JPEG").save(written, kind, quality=90)
    except Exception as problem:  # a broken file breaks its decoder in many ways
        raise ValidationError(NO_PICTURE) from problem
    # Into the file that was sent: whoever else holds it, as Wagtail's upload of several does, has the clean one too.
    sent.seek(0)
    sent.truncate()
    sent.write(written.getvalue())
    sent.seek(0)
    sent.size = len(written.getvalue())


def _picture(image: Image.Image) -> CleanPicture:
    pixels = _pixels(image, LONGEST_SIDE)
    written = BytesIO()
    pixels.save(written, "WEBP", quality=85)
    return CleanPicture(written.getvalue(), *pixels.size)


def _pixels(image: Image.Image, longest_side: int, *, see_through: bool = True) -> Image.Image:
    """A picture that carries nothing but the pixels of this one, upright."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # 16 bits a point, which a conversion would cut off instead of scaling
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    upright.thumbnail((longest_side, longest_side))
    plain = upright.convert("RGBA" if see_through and upright.has_transparency_data else "RGB")
    pixels = Image.new(plain.mode, plain.size)
    pixels.paste(plain)
    return pixels


class PictureField(forms.FileField):
    """A form field for one picture, re-encoded."""

    widget = forms.FileInput(attrs={"accept": "image/png, image/jpeg, image/webp"})
    default_error_messages = {"empty": NO_PICTURE}

    def to_python(self, data: Any) -> Any:
        """A CleanPicture, or None where none was sent."""
        return made_anew(data) if super().to_python(data) else None


def file_answer(field: FieldFile) -> FileResponse:
    """The response with an uploaded file: not cached, and never rendered as a page of this site."""
    try:
        response = FileResponse(field.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-cache"
    return response
