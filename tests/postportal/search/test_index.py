"""The index follows the content, whichever way that changes."""

from collections.abc import Callable

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from taggit.models import Tag, TaggedItem

from news.models import Article, Mention
from postportal.publishing.models import State
from postportal.search import index
from postportal.search.models import IndexBlock, IndexEntry, Posting
from services.models import Stamp
from tests.factories import news, pages, services

with_commits = pytest.mark.django_db(transaction=True)


def make_one_of_each() -> Article:
    """Make a row of every kind with related rows, and return the article."""
    article = news.article("Copper line opens", body="<p>By night mail</p>", tags=["rail"])
    news.mention(news.person("Zhou", "Mei"), article=article, label="Madam Zhou")
    news.organization("Highland Railway").names.create(name="HR")
    services.short_code_number(services.hotline("Lost letters"))
    issue = services.stamp_issue("Mail roads", tags=["bridges"])
    services.stamp(issue, name="River ferry")
    pages.page("Tariff")
    return article


def change_title(article: Article) -> None:
    article.title = "Tin line opens"
    article.save()


def rename_tag(article: Article) -> None:
    tag = Tag.objects.get(name="rail")
    tag.name = "tramway"
    tag.save()


def write_in_bulk(article: Article) -> None:
    article.title = "Written in bulk"
    Article.objects.bulk_save(new=[], changed=[article], fields=["title"])


def rename_service(article: Article) -> None:
    service = services.hotline("Found parcels").service
    service.name = "Parcels of the north"
    service.save()


def add_partner(article: Article) -> None:
    services.stamp_issue("Bells").partners.add(news.organization("Andes Post"))


def remove_partner(article: Article) -> None:
    issue, partner = services.stamp_issue("Bells"), news.organization("Andes Post")
    issue.partners.add(partner)
    partner.joint_issues.clear()


def fail_and_roll_back(article: Article) -> None:
    with transaction.atomic():
        change_title(article)
        transaction.set_rollback(True)


CHANGES: list[Callable[[Article], object]] = [
    change_title,
    rename_tag,
    write_in_bulk,
    rename_service,
    add_partner,
    remove_partner,
    fail_and_roll_back,
    lambda article: article.delete(),
    lambda article: article.tags.add("bridges", "new"),
    lambda article: article.tags.set(["other"]),
    lambda article: article.tags.clear(),
    lambda article: TaggedItem.objects.all().delete(),
    lambda article: Tag.objects.get(name="rail").delete(),
    lambda article: Mention.objects.get().delete(),
    lambda article: article.mentions.update_or_create(defaults={"label": "Director Zhou"}),
    lambda article: news.person("Li", "Na").names.create(name="Lina"),
    lambda article: Stamp.objects.get().delete(),
    lambda article: services.number_from_abroad(services.hotline("From abroad")).delete(),
    lambda article: Article.objects.filter(pk=article.pk).delete(),
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_index_follows_every_change(
    change: Callable[[Article], object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = make_one_of_each()
    # A row of each kind, and in each language the pages of the section and of the year.
    assert IndexEntry.objects.count() == 6 + 2 * 2

    with django_capture_on_commit_callbacks(execute=True):
        change(article)

    assert index.check() == ([], [], [])


@with_commits
def test_check_finds_missing_outdated_and_deleted_rows() -> None:
    article = make_one_of_each()
    page = pages.page("Prices")
    Article.objects.filter(pk=article.pk).update(title="Changed without signals")
    IndexEntry.objects.filter(kind="page", object_id=page.pk).delete()
    Stamp.objects.all()._raw_delete("default")
    hotline = IndexEntry.objects.get(kind="hotline")
    hotline.object_id += 1
    hotline.save()

    differences = index.check()

    assert [key.kind for key in differences.missing] == ["hotline", "page"]
    assert sorted(key.kind for key in differences.outdated) == ["article", "stamp-issue"]
    assert [key.kind for key in differences.gone] == ["hotline"]


@with_commits
def test_deleting_a_row_removes_all_its_postings() -> None:
    article = news.article("Zinc line", body="<p>zinc and zinc</p>", state=State.DRAFT)
    assert Posting.objects.filter(term="zinc").count() == 1

    article.delete()

    assert not Posting.objects.filter(term="zinc").exists()
    assert not IndexEntry.objects.filter(kind="article").exists()


@with_commits
def test_unchanged_content_is_not_written_again() -> None:
    article = news.article("Zinc line")
    versions = set(IndexBlock.objects.values_list("number", "version"))

    article.save()

    assert set(IndexBlock.objects.values_list("number", "version")) == versions
