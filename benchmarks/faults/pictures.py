"""Pictures for uploads, and checking that stored ones are complete."""

import io
import os
from typing import IO

from PIL import Image

PICTURE_SIZE = (240, 160)
UPLOAD_PATH = "/admin/images/image/upload/"


def random_png() -> bytes:
    """Return a PNG of random pixels, which cannot be compressed."""
    width, height = PICTURE_SIZE
    file = io.BytesIO()
    Image.frombytes("RGB", PICTURE_SIZE, os.urandom(width * height * 3)).save(file, "PNG")
    return file.getvalue()


def is_intact(file: IO[bytes]) -> bool:
    try:
        with Image.open(file) as image:
            image.load()
    except (OSError, SyntaxError):
        return False
    return True
