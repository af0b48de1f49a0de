import datetime as dt
import re

import pytest
from django.urls import reverse

from news.models import Article, Section
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
EXPIRY = dt.datetime(2026, 3, 20, 1, 30, 15, 999, tzinfo=dt.UTC)


def test_datetime_field_names_its_time_zone() -> None:
    article = news.article(expire_at=EXPIRY)

    page = staff.sign_in().get(reverse("admin:news_article_change", args=[article.pk])).content.decode()

    assert '<input type="datetime-local" name="expire_at" value="2026-03-20T09:30:15" step="1"' in page
    assert "Time zone: Asia/Shanghai." in page
    assert 'type="date" name="dateline_on"' in page
    assert 'name="initial-' not in page


def test_datetime_field_reads_the_browser_format() -> None:
    section = news.section()
    fields = {
        "title": "Night mail",
        "section": section.pk,
        "language": "en",
        "state": "published",
        "dateline_on": "2026-03-20",
        "expire_at": "2026-03-20T09:30:15",
        "mentions-TOTAL_FORMS": "0",
        "mentions-INITIAL_FORMS": "0",
        "attached_documents-TOTAL_FORMS": "0",
        "attached_documents-INITIAL_FORMS": "0",
    }

    answer = staff.sign_in().post(reverse("admin:news_article_add"), fields)

    assert answer.status_code == 302
    assert Article.objects.get().expire_at == EXPIRY.replace(microsecond=0)


def test_text_field_has_three_rows() -> None:
    page = staff.sign_in().get(reverse("admin:services_hotline_add")).content.decode()

    assert re.search('<textarea name="needs"[^>]* rows="3"', page)


@pytest.mark.parametrize("value", ["2026-02-30T09:00", "tomorrow", "2026-03-20", "9999999-01-01T00:00"])
def test_invalid_datetime_is_a_field_error(value: str) -> None:
    Section.objects.create(name="News", slug="news")

    answer = staff.sign_in().post(reverse("admin:news_article_add"), {"expire_at": value})

    assert answer.status_code == 200
    assert "expire_at" in answer.context["adminform"].form.errors or value == "2026-03-20"
