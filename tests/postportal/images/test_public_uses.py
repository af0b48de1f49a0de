"""Pictures that are public: every column that shows pictures, in every state of its item."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import timezone

from postportal.images import public_uses
from postportal.images.models import Image
from postportal.images.public_uses import PublicUse, check_public_uses, find_public_use
from postportal.pages.models import SiteSettings
from postportal.publishing.models import State
from postportal.richtext.handlers import update_text_links
from postportal.web.media_names import stem_of
from tests.factories import images, news, services
from tests.factories.public_items import LISTED, public_item, states
from tests.factories.shown_pictures import PictureColumn, picture_columns, show

pytestmark = pytest.mark.django_db
COLUMNS = picture_columns()


def is_public(picture: Image, *, at: dt.datetime | None = None) -> bool:
    return find_public_use(stem_of(picture.file.name), at=at or timezone.now()) is not None


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_picture_is_public_in_the_states_in_which_its_item_is(column: PictureColumn) -> None:
    found = {}
    for state, fields in states(apps.get_model(column.owner)).items():
        picture = images.image(state)
        show(picture, public_item(column.owner, f"Hush {state}", **fields), column)
        found[state] = is_public(picture)

    assert found == {state: state in LISTED for state in found}


def test_picture_of_a_partner_is_public_while_the_issue_and_the_partner_are() -> None:
    now = timezone.now()
    ends = [now + dt.timedelta(days=day) for day in (1, 2)]
    found = {}
    for name, issue_end, partner_end in (("neither", None, None), ("one", None, ends[1]), ("both", ends[1], ends[0])):
        picture, partner = images.image(name), news.organization(expire_at=partner_end)
        services.partner_stamp(services.stamp_issue(expire_at=issue_end), partner=partner, image=picture)
        use = find_public_use(stem_of(picture.file.name), at=now)
        found[name] = use.expire_at if use else "hidden"
    hidden = images.image("hidden")
    coming = news.organization(publish_at=now + dt.timedelta(days=1))
    services.partner_stamp(services.stamp_issue(), partner=coming, image=hidden)

    assert found == {"neither": None, "one": ends[1], "both": ends[0]}
    assert [is_public(hidden), is_public(hidden, at=ends[1])] == [False, True]


def test_known_columns_are_found() -> None:
    assert {str(column) for column in COLUMNS} >= {
        *("news.article.lead_image", "news.article.body", "news.person.portrait", "news.organization.logo"),
        *("services.stampissue.lead_image", "services.stampissue.where_to_buy", "services.stamp.image"),
        "pages.page.body",
    }


def test_every_uploaded_file_is_that_of_a_picture_or_document() -> None:
    """Others would be served to nobody: their names have no stem."""
    files = [
        field for model in apps.get_models() for field in model._meta.fields if isinstance(field, models.FileField)
    ]

    assert [str(field) for field in files] == ["images.Image.file", "documents.Document.file"]


def test_picture_is_public_from_and_until_the_exact_second() -> None:
    start, end = (dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC) for day in (20, 21))
    picture = images.image()
    news.article("A", lead_image=picture, state=State.SCHEDULED, publish_at=start, expire_at=end)
    instant = dt.timedelta(microseconds=1)

    times = [start - instant, start, end - instant, end]
    assert [is_public(picture, at=at) for at in times] == [False, True, True, False]


def test_one_public_use_is_enough_and_tells_its_end() -> None:
    now = timezone.now().replace(microsecond=0)
    picture = images.image()
    news.article("Draft", slug="draft", lead_image=picture, state=State.DRAFT)
    assert find_public_use(stem_of(picture.file.name), at=now) is None

    end = now + dt.timedelta(hours=1)
    news.person("Zhou", portrait=picture, publish_at=now - dt.timedelta(days=1), expire_at=end)
    assert find_public_use(stem_of(picture.file.name), at=now) == PublicUse(end)
    assert find_public_use(stem_of(picture.file.name), at=end) is None


def test_picture_of_a_service_is_public_without_times() -> None:
    picture = images.image()
    service = services.service(description=f'<p>a</p><img src="/media/{picture.file.name}" alt="">')
    update_text_links("services.service", [service.pk])

    assert find_public_use(stem_of(picture.file.name), at=timezone.now()) == PublicUse(None)


def test_picture_of_the_site_is_public_while_it_is_that() -> None:
    picture = images.image()
    SiteSettings.objects.update_or_create(pk=1, defaults={"link_picture": picture})
    assert is_public(picture)

    SiteSettings.objects.update(link_picture=None)
    assert not is_public(picture)


def test_picture_that_left_a_text_is_private() -> None:
    picture = images.image()
    article = news.article("A", body=f'<img src="/media/{picture.file.name}" alt="">')
    update_text_links("news.article", [article.pk])
    assert is_public(picture)

    article.body = "<p>Nothing</p>"
    article.save()
    update_text_links("news.article", [article.pk])
    assert not is_public(picture)


@pytest.mark.parametrize("stem", ["", "images/00/000000000000000000000000", "%", "images/%' OR 1=1 --"])
def test_unknown_stem_is_not_public(stem: str) -> None:
    news.article("A", lead_image=images.image())

    assert find_public_use(stem, at=timezone.now()) is None


def test_every_part_of_the_query_uses_an_index() -> None:
    at, stem = timezone.now(), "images/00/000000000000000000000000"
    with CaptureQueriesContext(connection) as queries:
        find_public_use(stem, at=at)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Otherwise it reads tables with a few rows from beginning to end.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {queries[0]['sql']}")
            assert "Seq Scan" not in "".join(row[0] for row in cursor.fetchall())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        searched = [line for line in plan if line.startswith(("SCAN", "SEARCH"))]
        # No index of states and times: it would read every public row.
        assert [line for line in searched if line.startswith("SCAN") or "publish_at" in line] == []
        assert len(searched) > len(COLUMNS)
    assert len(queries) == 1


@isolate_apps("news")
def test_model_without_a_rule_for_its_pictures_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Poster(models.Model):  # noqa: DJ008
        image: Any = models.ForeignKey(Image, models.CASCADE, related_name="+")

        class Meta:
            app_label = "news"

    class PublicPoster(Poster):  # noqa: DJ008
        is_always_public = True

        class Meta:
            app_label = "news"
            proxy = True

    assert check_public_uses() == []
    monkeypatch.setattr(public_uses, "_models_with_pictures", lambda: [Poster, PublicPoster])
    assert [error.id for error in check_public_uses()] == ["portal.E002"]
