from django.core.files import File

from postportal.demo.content_files import PICTURES, Entry, pick, read
from postportal.demo.run import Run
from postportal.images.models import Image


class Pictures:
    """The drawings by file name."""

    def __init__(self, run: Run) -> None:
        content = read("pictures")
        self.run = run
        self.credit = content["credit"]
        self.rows = {entry["file"]: self._ensure(entry) for entry in content["pictures"]}

    def of(self, entry: Entry, field: str = "image") -> Image | None:
        return self.rows[entry[field]] if field in entry else None

    def _ensure(self, entry: Entry) -> Image:
        # Files are renamed at random when they are stored, so the title has to tell them apart.
        key = {"title": entry["title"], "credit": self.credit}
        with (PICTURES / entry["file"]).open("rb") as file:
            fields = pick(entry, "alt", "caption", "focal_x", "focal_y")
            return self.run.ensure(Image, key, fields | {"file": File(file, name=entry["file"])})[0]
