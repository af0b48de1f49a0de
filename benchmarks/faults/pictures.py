"""Pictures to upload, and whether they are still pictures afterwards."""

import io
import os
from typing import IO

from PIL import Image

SIZE = (240, 160)
PICKER = "/admin/images/image/upload/"


def noise() -> bytes:
    """A picture that no compression makes small, different each time."""
    width, height = SIZE
    file = io.BytesIO()
    Image.frombytes("RGB", SIZE, os.urandom(width * height * 3)).save(file, "PNG")
    return file.getvalue()


def is_whole(file: IO[bytes]) -> bool:
    try:
        with Image.open(file) as image:
            image.load()
    except (OSError, SyntaxError):
        return False
    return True
