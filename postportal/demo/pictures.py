"""Pictures of the demo, with alternative texts and credits."""

from django.core.files import File

from postportal.demo.content_files import PICTURES_FOLDER, ContentEntry, pick_fields, read_content
from postportal.demo.run import LoadRun
from postportal.images.models import Image


class PictureLoader:
    """Images by the name of their file."""

    def __init__(self, run: LoadRun) -> None:
        self.run = run
        self.images: dict[str, Image] = {}

    def load(self) -> None:
        content = read_content("pictures")
        for entry in content["pictures"]:
            self.images[entry["file"]] = self._add_image(entry, credit=content["credit"])

    def image_for(self, entry: ContentEntry, field: str = "image") -> Image | None:
        return self.images[entry[field]] if field in entry else None

    def _add_image(self, entry: ContentEntry, *, credit: str) -> Image:
        # Stored files get random names, so an image is identified by its title.
        key = {"title": entry["title"], "credit": credit}
        with (PICTURES_FOLDER / entry["file"]).open("rb") as file:
            fields = pick_fields(entry, "alt", "caption", "focal_x", "focal_y", "collection", "licence")
            fields["licence_until"] = self.run.date_of(entry, "licence")
            return self.run.get_or_create(Image, key, fields | {"file": File(file, name=entry["file"])})[0]
