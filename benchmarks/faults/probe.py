"""Access to the database of the portal under test, in a separate process with its settings:

python -m benchmarks.faults.probe begin PASSWORD    create an administrator and the rows that stories refer to
python -m benchmarks.faults.probe look              print the stored stories and problems as JSON
python -m benchmarks.faults.probe deliver           deliver the outbox
"""

import datetime as dt
import io
import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from taggit.models import Tag, TaggedItem  # noqa: E402

from benchmarks.faults.pictures import is_intact  # noqa: E402
from benchmarks.faults.stories import ORGANIZATION, PEOPLE  # noqa: E402
from news.models import Article, Organization, Person, Section  # noqa: E402
from postportal.audit.models import Entry  # noqa: E402
from postportal.images.models import Image  # noqa: E402
from postportal.outbox.models import OutboxEvent  # noqa: E402
from postportal.publishing.models import Revision, State  # noqa: E402
from postportal.richtext.models import TextLink  # noqa: E402

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
USERNAME = "chief"


def set_up(password: str) -> dict[str, Any]:
    """Create an administrator and the rows that the forms refer to; return the keys of the rows."""
    User.objects.create_superuser(USERNAME, "chief@portal.example", password)
    section = Section.objects.create(name="News", slug="news")
    organization = Organization.objects.create(name=ORGANIZATION, slug="harbour-post", publish_at=LONG_AGO)
    people = []
    for name in PEOPLE:
        given, family = name.split()
        slug = name.lower().replace(" ", "-")
        person = Person.objects.create(family_name=family, given_name=given, slug=slug, publish_at=LONG_AGO)
        people.append(person.pk)
    return {"section": section.pk, "organization": organization.pk, "people": people}


def report() -> dict[str, Any]:
    """Return all stories as they are stored, and the problems of the whole database."""
    kind = ContentType.objects.get_for_model(Article)
    articles = Article.objects.order_by("pk").prefetch_related("tags", "mentions")
    pictures = Image.objects.order_by("pk").values_list("alt", flat=True)
    return {
        "stories": [_story(article, kind) for article in articles],
        "pictures": list(pictures),
        "waiting": OutboxEvent.objects.count(),
        "faults": _problems(),
    }


def deliver() -> None:
    call_command("deliver_outbox", stdout=io.StringIO())


def _story(article: Article, kind: ContentType) -> dict[str, Any]:
    of_article = {"content_type": kind, "object_id": article.pk}
    entries = Entry.objects.filter(action="force-publish", item_label="news.article", item_key=str(article.pk))
    return {
        "title": article.title,
        "text": {
            **_text_fields(article.title, article.standfirst, article.body),
            "tags": sorted(tag.name for tag in article.tags.all()),
            "mentions": sorted(mention.label for mention in article.mentions.all()),
        },
        "revisions": [_revision_text(row.content) for row in Revision.objects.filter(**of_article).order_by("number")],
        "is_published": article.state == State.PUBLISHED,
        "entries": entries.count(),
        "waiting": OutboxEvent.objects.filter(model_label="news.article", object_id=article.pk).count(),
        "links": sorted(TextLink.objects.filter(**of_article).values_list("path", flat=True)),
    }


def _text_fields(title: str, standfirst: str, body: str) -> dict[str, Any]:
    return {"title": title, "standfirst": standfirst, "body": body}


def _revision_text(content: dict[str, Any]) -> dict[str, Any]:
    """Return the text of a revision in the same form."""
    fields = content["fields"]
    return {
        **_text_fields(fields["title"], fields["standfirst"], fields["body"]),
        "tags": sorted(content["tags"]["tags"]),
        "mentions": sorted(row["label"] for row in content["parts"]["mentions"]),
    }


def _problems() -> list[str]:
    return [*_database_problems(), *_log_problems(), *_orphans(), *_media_problems()]


def _database_problems() -> list[str]:
    try:
        connection.check_constraints()
    except Exception as error:  # noqa: BLE001 - the class depends on the database
        return [f"foreign keys: {error}"]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        lines = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
    return [] if lines == ["ok"] else [f"integrity_check: {line}" for line in lines]


def _log_problems() -> list[str]:
    try:
        call_command("verify_log", stdout=io.StringIO(), stderr=io.StringIO())
    except CommandError as error:
        return [f"audit log: {error}"]
    return []


def _orphans() -> list[str]:
    """Return revisions, tags and links of articles that do not exist. No foreign key protects them."""
    kind = ContentType.objects.get_for_model(Article)
    keys = Article.objects.values("pk")
    orphans = {
        model._meta.label: model._default_manager.filter(content_type=kind).exclude(object_id__in=keys).count()
        for model in (Revision, TaggedItem, TextLink)
    }
    duplicates = Tag.objects.count() - len(set(Tag.objects.values_list("name", flat=True)))
    return [f"{count} × {label} without an article" for label, count in orphans.items() if count] + (
        [f"{duplicates} duplicate tags"] if duplicates else []
    )


def _media_problems() -> list[str]:
    """Return the files of pictures that are missing or incomplete."""
    names = sorted({name for image in Image.objects.all() for name in image.file_names()})
    return [f"incomplete: {name}" for name in names if not _is_stored(name)]


def _is_stored(name: str) -> bool:
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as file:
        return is_intact(file)


def main() -> None:
    command, *arguments = sys.argv[1:]
    answer = {"begin": set_up, "look": report, "deliver": deliver}[command](*arguments)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
