from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import models

from postportal.demo.content_files import ContentEntry
from postportal.demo.run import LoadRun
from postportal.pages.models import Redirect


def add_redirect(run: LoadRun, entry: ContentEntry, target: models.Model | None = None) -> None:
    """Let the address that the item had on the old site, if it is known, lead to the item or to the new address."""
    if "old_address" not in entry:
        return
    old = urlsplit(entry["old_address"])
    leads_to: ContentEntry = {"new_address": entry.get("new_address", "")}
    if target is not None:
        leads_to = {"content_type": ContentType.objects.get_for_model(target), "object_id": target.pk}
    run.get_or_create(Redirect, {"old_host": old.netloc, "old_path": old.path}, leads_to)
