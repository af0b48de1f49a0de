"""Factories for pictures."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Canvas

from postportal.images.models import Image

# What the form of a picture sends of one that is not cropped.
WHOLE = {"crop_left": "0", "crop_top": "0", "crop_right": "1", "crop_bottom": "1"}


def upload(*, name: str = "round.png", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    content = BytesIO()
    Canvas.new("RGB", size, "#0b4a3a").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")


def image(alt: str = "A green van on a mountain road", **fields: Any) -> Image:
    if "file" not in fields:
        fields["file"] = upload()
    return Image.objects.create(alt=alt, **fields)
