from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import models

from postportal.demo.content_files import Entry
from postportal.demo.run import Run
from postportal.pages.models import Redirect


def remember(run: Run, entry: Entry, target: models.Model | None = None) -> None:
    """Let the address that the item had on the old site, if it is known, lead to the item or to the new address."""
    if "old_address" not in entry:
        return
    old = urlsplit(entry["old_address"])
    leads_to: Entry = {"new_address": entry.get("new_address", "")}
    if target is not None:
        leads_to = {"content_type": ContentType.objects.get_for_model(target), "object_id": target.pk}
    run.ensure(Redirect, {"old_host": old.netloc, "old_path": old.path}, leads_to)
