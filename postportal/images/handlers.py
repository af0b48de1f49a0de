"""Outbox handlers for pictures."""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from postportal.images.models import FRAMING_FIELDS, Image, delete_files_on_commit
from postportal.images.renditions import Rendition, encode_renditions, plan_renditions

logger = logging.getLogger(__name__)


class RenditionError(Exception):
    """Some renditions of a picture could not be built. The others are stored and used."""


def build_renditions(model: str, pk: int) -> None:
    """Create missing renditions and delete outdated ones."""
    image = Image.objects.filter(pk=pk).first()
    if image is None or not image.file.name:
        return
    focal = (image.focal_x, image.focal_y)
    wanted = list(plan_renditions(image.file.name, image.width, image.height, focal=focal, crop=image.crop))
    if _rows_by_preset(wanted) == image.renditions:
        return
    outdated = image.current_file_names() - {rendition.name for rendition in wanted} - {image.file.name}
    failed = _store_renditions(image, wanted)
    built = [rendition for rendition in wanted if rendition.name not in failed]
    # Only if file, focal point and crop are unchanged: otherwise another event follows.
    framing = {name: getattr(image, name) for name in FRAMING_FIELDS}
    unchanged = Image.objects.filter(pk=pk, file=image.file.name, **framing)
    if unchanged.update(renditions=_rows_by_preset(built)):
        delete_files_on_commit(outdated)
    if failed:
        # The event stays in the outbox with this error, and the next delivery tries again.
        raise RenditionError(f"These renditions could not be built: {', '.join(sorted(failed))}")


def _rows_by_preset(renditions: list[Rendition]) -> dict[str, list[list[int | str]]]:
    rows: dict[str, list[list[int | str]]] = {}
    for rendition in renditions:
        rows.setdefault(rendition.preset, []).append([rendition.width, rendition.height, rendition.name])
    return rows


def _store_renditions(image: Image, wanted: list[Rendition]) -> set[str]:
    """Store the renditions that are missing, and return the names of those that could not be encoded or stored."""
    missing = [rendition for rendition in wanted if not default_storage.exists(rendition.name)]
    if not missing:
        return set()
    with image.file.open() as file:
        files = encode_renditions(file, missing)
    failed = {rendition.name for rendition in missing} - set(files)
    for name, content in files.items():
        try:
            default_storage.save(name, ContentFile(content))
        except Exception:
            logger.exception("The rendition %s could not be stored", name)
            failed.add(name)
    return failed
