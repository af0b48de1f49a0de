"""Pictures that lie beside an import file: found, checked, and stored in the library once each."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage

from news.imports.article_line import PictureFile
from postportal.images.models import Image
from postportal.images.picker import picture_as_json
from postportal.images.processing import MAX_BYTES, make_master
from postportal.text.characters import CONTROLS, OLD_SEPARATORS, SURROGATES

# No "<" within quotes, so that a text full of broken tags takes no longer than any other.
_IMG = re.compile(r"<img\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
# WordPress inserts smaller copies: the original is better, and is all that the library needs.
_RESIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)")
_CONTROLS = re.compile(f"[\t\n\r{CONTROLS}{OLD_SEPARATORS}{SURROGATES}]")


class PictureRefusedError(Exception):
    """A picture cannot be taken in. The message says why."""


class BodyPictures(NamedTuple):
    html: str
    refused: list[str]


class PictureFolder:
    """The pictures beside an import file. `folder` is None if there is none, as for standard input.

    With `is_dry_run`, rows are written in the transaction of the caller, but no files."""

    def __init__(self, folder: Path | None, *, is_dry_run: bool = False) -> None:
        self.folder = folder.resolve() if folder else None
        self.is_dry_run = is_dry_run
        # The reason, if a file was refused.
        self._images: dict[Path, Image | str] = {}

    def prepare(self, html: str | None, pictures: Iterable[PictureFile | None]) -> None:
        """Store the pictures of an article, so that `take` and `take_all` find them."""
        for picture in pictures:
            if picture and picture.path:
                with suppress(PictureRefusedError):
                    self.take(picture)
        if html and "<img" in html.lower():
            self.take_all(html)

    def forget(self) -> None:
        """Forget the pictures taken so far. They are found again by their content."""
        self._images.clear()

    def take(self, picture: PictureFile) -> Image:
        """Return the picture of the library that has the content of this file. A new one is stored in a transaction of
        its own. Raises PictureRefusedError."""
        path = self._find(picture.path)
        if path not in self._images:
            try:
                self._images[path] = self._load_or_store(path, picture)
            except OSError as error:
                self._images[path] = f"cannot be read or stored: {error.strerror}"
            except ValidationError as error:
                self._images[path] = " ".join(error.messages)
        found = self._images[path]
        if isinstance(found, str):
            raise PictureRefusedError(found)
        return found

    def take_all(self, html: str) -> BodyPictures:
        """Return the text with its pictures taken in. Those that cannot be are removed and named. Pictures of other
        sites are left to the sanitizer, which counts them."""
        refused: list[str] = []
        return BodyPictures(_IMG.sub(lambda tag: self._replace(tag[0], refused), html), refused)

    def figures(self, pictures: Iterable[PictureFile]) -> BodyPictures:
        """Return the pictures as figures with their captions and credits. Those that cannot be taken in are named."""
        figures, refused = [], []
        for picture in pictures:
            try:
                image = self.take(picture)
            except PictureRefusedError as error:
                refused.append(f"{picture.path[:200]}: {error}")
                continue
            # Not the alternative text of the library, which may change between two runs.
            figures.append(f"<figure>{_img(image, alt=picture.alt)}{_figcaption(picture)}</figure>")
        return BodyPictures("\n".join(figures), refused)

    def _replace(self, tag: str, refused: list[str]) -> str:
        attributes = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag)}
        source, alt = (_CONTROLS.sub("", unescape(attributes.get(key, ""))).strip() for key in ("src", "alt"))
        if not source or _SCHEME.match(source) or _is_stored(source):
            return tag
        try:
            image = self.take(PictureFile(path=source, alt=alt[:300]))
        except PictureRefusedError as error:
            refused.append(f"{source[:200]}: {error}")
            return ""
        return _img(image, alt=alt)

    def _find(self, source: str) -> Path:
        """Return the file of the path, which must be inside the folder, whatever links it leads through."""
        if self.folder is None:
            raise PictureRefusedError("standard input has no folder with pictures")
        if _SCHEME.match(source):
            raise PictureRefusedError("on another site")
        relative = unquote(urlsplit(source).path)
        if relative.startswith("/"):
            raise PictureRefusedError("not a path relative to the folder of the file")
        for name in dict.fromkeys((relative, _RESIZED.sub("", relative))):
            path = _file_inside(self.folder, name)
            if path:
                return path
        raise PictureRefusedError("not found in the folder of the file")

    def _load_or_store(self, path: Path, picture: PictureFile) -> Image:
        if path.stat().st_size > MAX_BYTES:
            make_master(BytesIO(), size=path.stat().st_size)
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        known = Image.objects.filter(source_sha256=sha256).order_by("pk").first()
        return known or self._store(path.name, content, picture)

    def _store(self, name: str, content: bytes, picture: PictureFile) -> Image:
        image = Image(
            file=File(BytesIO(content), name=_CONTROLS.sub("", name)[-100:]),
            alt=picture.alt,
            is_decorative=not picture.alt,
            caption=picture.caption,
            credit=picture.credit,
        )
        if self.is_dry_run:
            image.process_upload()
            image.file = f"images/00/{image.source_sha256[:24]}.webp"
            Image.objects.bulk_create([image])
        else:
            image.save()
            # The renditions were built when the row was committed.
            image.refresh_from_db()
        return image


def _img(image: Image, *, alt: str) -> str:
    values = picture_as_json(image) | {"alt": alt}
    shown = " ".join(f'{key}="{escape(str(values[key]))}"' for key in ("src", "srcset", "alt", "width", "height"))
    return f"<img {shown}>"


def _figcaption(picture: PictureFile) -> str:
    """Return the caption and the credit as the editor writes them."""
    credit = f'<span class="cr">{escape(picture.credit)}</span>' if picture.credit else ""
    words = " ".join(filter(None, [escape(picture.caption), credit]))
    return f"<figcaption>{words}</figcaption>" if words else ""


def _file_inside(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _is_stored(url: str) -> bool:
    """Return True if the URL is that of a picture this portal has."""
    if not url.startswith(settings.MEDIA_URL):
        return False
    try:
        return default_storage.exists(unquote(urlsplit(url.removeprefix(settings.MEDIA_URL)).path))
    except (ValueError, OSError, SuspiciousFileOperation):
        return False
