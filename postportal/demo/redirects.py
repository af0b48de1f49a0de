"""Redirects from the URLs of the old site to the demo content."""

from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import models

from postportal.demo.content_files import ContentEntry
from postportal.demo.run import LoadRun
from postportal.pages.models import Redirect


def add_redirect(run: LoadRun, entry: ContentEntry, target: models.Model | None = None) -> None:
    """Redirect the entry's `old_url`, if it has one, to `target` or otherwise to the entry's `new_url`."""
    if "old_url" not in entry:
        return
    old = urlsplit(entry["old_url"])
    destination: ContentEntry = {"new_address": entry.get("new_url", "")}
    if target is not None:
        destination = {"content_type": ContentType.objects.get_for_model(target), "object_id": target.pk}
    run.get_or_create(Redirect, {"old_host": old.netloc, "old_path": old.path}, destination)
