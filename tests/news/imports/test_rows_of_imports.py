"""An import leaves the same rows, numbers and index as saving its articles one by one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from taggit.models import Tag

from news.imports.batches import BatchWriter
from news.models import Article, ArticleCount, Mention, Organization, Person
from postportal.publishing.models import State
from postportal.search.backends.block_format import BLOCK_SIZE
from postportal.search.backends.postings import PLACE_DTYPE, POSTING_DTYPE
from postportal.search.models import IndexEntry, Posting, Word
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db
NOT_COMPARED = ("id", "created_at", "modified_at", "import_fingerprint", "created_by_id")
COUNT = 70  # Enough to be read before the lock is taken.
Commit = Callable[..., Any]


def _values(number: int) -> dict[str, Any]:
    """Return the texts of an article. Some are in Chinese, some share words, and some are hard to split."""
    chinese = "福建邮政普遍服务" if number % 7 == 0 else ""
    return {
        "title": f"Counter {number} opens {chinese} T2016-{number}",
        "standfirst": f"It’s the {number}th, says U.S. mail. {chinese}",
        "body": f"<p>The post’s counter, {chinese} “Café” no. 1.{number} <strong>re-opens</strong>.</p>"
        * (number % 4 + 1),
        "tags": ["Counters", f"Tag {number % 5}"],
        "people": ["Ann Example"] if number % 2 else [],
        "organizations": ["Post Bureau"] if number % 3 else [],
        "language": "zh-hans" if chinese else "en",
    }


def _save(number: int, *, section: int) -> None:
    values = _values(number)
    line = article_line(number, **values)
    names = ("title", "standfirst", "language", "external_id", "publish_at", "dateline_on")
    own = {name: getattr(line, name) for name in names}
    article = Article(**own, body=values["body"], section_id=section, state=State.PUBLISHED)
    article.save()
    article.tags.set(values["tags"])
    subjects: list[Any] = [Person.objects.get(name=name) for name in values["people"]]
    subjects += [Organization.objects.get(name=name) for name in values["organizations"]]
    for order, subject in enumerate(subjects):
        own = {"person" if isinstance(subject, Person) else "organization": subject}
        Mention.objects.create(article=article, label=subject.name, order=order, **own)


def _articles() -> dict[str, Any]:
    """Return the rows of each article by its external ID, with what it shows and its kept numbers."""
    keys: Any = dict(Article.objects.values_list("pk", "external_id"))
    rows = {
        keys[row["id"]]: {n: v for n, v in row.items() if n not in NOT_COMPARED} for row in Article.objects.values()
    }
    names = ("person", "organization", "label", "order", "origin", "shown_name", "shown_title", "shown_title_zh")
    mentions = {(keys[pk], *rest) for pk, *rest in Mention.objects.values_list("article", *names)}
    tags = {(keys[pk], name) for pk, name in Article.objects.filter(tags__isnull=False).values_list("pk", "tags__name")}
    numbers = {(c.facet, c.language, c.section, c.period): 0 for c in ArticleCount.objects.exclude(facet="tag")}
    for count in ArticleCount.objects.exclude(facet="tag"):
        numbers[count.facet, count.language, count.section, count.period] += count.count
    return {"rows": rows, "mentions": mentions, "tags": tags, "numbers": numbers}


def _index() -> dict[Any, Any]:
    """Return the terms of each article with their counts and places, whatever numbers the entries have."""
    keys: Any = dict(Article.objects.values_list("pk", "external_id"))
    entries = {
        entry.pk: (keys[entry.object_id], bytes(entry.terms)) for entry in IndexEntry.objects.filter(kind="article")
    }
    found: dict[Any, Any] = dict(entries.values())
    for posting in Posting.objects.all():
        rows = np.frombuffer(bytes(posting.entries), dtype=POSTING_DTYPE)
        places = np.frombuffer(bytes(posting.places), dtype=PLACE_DTYPE)
        ends = np.cumsum(rows["title"].astype(int) + rows["text"])
        for row, part in zip(rows, np.split(places, ends[:-1]), strict=True):
            entry = entries.get(posting.block * BLOCK_SIZE + int(row["entry"]))
            if entry:
                found[entry[0], posting.term] = (int(row["title"]), int(row["text"]), part.tolist())
    return found


def test_import_leaves_what_saving_one_by_one_leaves(django_capture_on_commit_callbacks: Commit) -> None:
    section = news.section("News")
    news.person("Ann", "Example")
    news.organization("Post Bureau")
    with django_capture_on_commit_callbacks(execute=True):
        lines = [article_line(number, **_values(number)) for number in range(COUNT)]
        BatchWriter(at=timezone.now()).write(lines)
    imported, index_of_import = _articles(), _index()
    words = dict(Word.objects.values_list("text", "titles"))
    with django_capture_on_commit_callbacks(execute=True):
        Article.objects.all().delete()
        Tag.objects.all().delete()
    assert not _index()

    for number in range(COUNT):
        with django_capture_on_commit_callbacks(execute=True):
            _save(number, section=section.pk)

    assert _articles() == imported
    assert _index() == index_of_import
    assert set(words) <= set(Word.objects.values_list("text", flat=True))
