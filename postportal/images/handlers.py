"""Outbox handlers for pictures."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from postportal.images.models import Image, delete_files_on_commit
from postportal.images.renditions import Rendition, encode_renditions, plan_renditions


def build_renditions(model: str, pk: int) -> None:
    """Create missing renditions and delete outdated ones."""
    image = Image.objects.filter(pk=pk).first()
    if image is None or not image.file.name:
        return
    wanted = list(plan_renditions(image.file.name, image.width, image.height, focal=(image.focal_x, image.focal_y)))
    renditions: dict[str, list[list[int | str]]] = {}
    for rendition in wanted:
        renditions.setdefault(rendition.preset, []).append([rendition.width, rendition.height, rendition.name])
    if renditions == image.renditions:
        return
    outdated = image.file_names() - {rendition.name for rendition in wanted} - {image.file.name}
    _store_renditions(image, wanted)
    # Only if file and focal point are unchanged: otherwise another event follows.
    unchanged = Image.objects.filter(pk=pk, file=image.file.name, focal_x=image.focal_x, focal_y=image.focal_y)
    if unchanged.update(renditions=renditions):
        delete_files_on_commit(outdated)


def _store_renditions(image: Image, wanted: list[Rendition]) -> None:
    missing = [rendition for rendition in wanted if not default_storage.exists(rendition.name)]
    if missing:
        with image.file.open() as file:
            for name, content in encode_renditions(file, missing).items():
                default_storage.save(name, ContentFile(content))
