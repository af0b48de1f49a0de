"""A portal with rows that are hard to copy."""

from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.utils import timezone
from taggit.models import TaggedItem

from postportal.audit.models import Entry, Head
from postportal.backups.sequences import read_sequences, write_sequences
from postportal.outbox.delivery import deliver_all
from postportal.publishing.models import Revision
from postportal.publishing.versions.revisions import current_content, record_outside_change, record_revision
from postportal.search.models import ZeroResultSearch
from tests.factories import audit, images, news, pages, search, services, staff

SAME_NUMBER, DELETED_NUMBER = 8008, 9009
TEXT = "“Ünïcode”\t信封 🏣 %s 'quoted' \\"


def make_portal() -> None:
    """Make rows whose numbers, types and relations a copy has to keep."""
    article = news.article("Eighth article", pk=SAME_NUMBER, tags=["rail", "night mail"], lead_image=images.image())
    issue = services.stamp_issue("Eighth issue", pk=SAME_NUMBER, tags=["rail", "birds"], face_value="3.60")
    issue.partners.add(news.organization(TEXT, slug="partner"))
    services.short_code_number(services.hotline("Parcels"))
    services.opening_hours(services.hotline("Letters"), days="0-4", times="09:00-17:00")
    news.appointment()
    news.mention(news.person(), article=article)
    pages.redirect("/old/8008/", article)
    pages.contact_message(message=TEXT * 20)
    search.synonym("parcel, package, 包裹")
    search.pinned_result("night mail", article)
    ZeroResultSearch.objects.create(text="zeppelin", language="en", day=timezone.localdate(), times=3)
    record_outside_change(article)
    record_revision(article, {**current_content(article), "title": TEXT}, by=staff.account("Editor"))
    assert Revision.objects.exists()
    deliver_all()
    audit.make_entries(4)
    # The number of this row must not be given to another one.
    news.article("Deleted", pk=DELETED_NUMBER).delete()
    write_sequences("default", {**read_sequences("default"), "news_article": DELETED_NUMBER})


def tags_of_same_number(alias: str) -> set[tuple[str, str]]:
    """Return the pairs of model and tag of the article and the stamp issue with the same number."""
    kinds = {kind.pk: kind.model for kind in ContentType.objects.using(alias)}
    rows = TaggedItem.objects.using(alias).filter(object_id=SAME_NUMBER).select_related("tag")
    return {(kinds[row.content_type_id], row.tag.name) for row in rows}


def head_of(alias: str) -> tuple[int, str]:
    """Return number and hash of the newest entry of the audit log, and check that each follows the one before."""
    previous = "0" * 64
    for number, entry in enumerate(Entry.objects.using(alias).order_by("number"), start=1):
        assert (entry.number, entry.previous_hash, entry.hash) == (number, previous, entry.compute_hash())
        previous = entry.hash
    head = Head.objects.using(alias).get()
    assert head.hash == previous
    return head.number, head.hash


def uploads() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def is_postgres(alias: str) -> bool:
    return connections[alias].vendor == "postgresql"
