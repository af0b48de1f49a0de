from django.core.files import File

from postportal.demo.content_files import PICTURES_FOLDER, ContentEntry, pick_fields, read_content
from postportal.demo.run import LoadRun
from postportal.images.models import Image


class PictureLoader:
    """The drawings by file name."""

    def __init__(self, run: LoadRun) -> None:
        content = read_content("pictures")
        self.run = run
        self.credit = content["credit"]
        self.images = {entry["file"]: self._add_image(entry) for entry in content["pictures"]}

    def image_for(self, entry: ContentEntry, field: str = "image") -> Image | None:
        return self.images[entry[field]] if field in entry else None

    def _add_image(self, entry: ContentEntry) -> Image:
        # Files are renamed at random when they are stored, so the title has to tell them apart.
        key = {"title": entry["title"], "credit": self.credit}
        with (PICTURES_FOLDER / entry["file"]).open("rb") as file:
            fields = pick_fields(entry, "alt", "caption", "focal_x", "focal_y")
            return self.run.get_or_create(Image, key, fields | {"file": File(file, name=entry["file"])})[0]
