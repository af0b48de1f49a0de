from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from news.models import Article
from postportal.publishing.admin import version_tokens
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
LEFT_OUT = "Left out: 1 video, 2 pictures from other sites."
BODY = '<p>a</p><video></video><img src="https://a.example/b.png"><img src="//a.example/c.png">'


def article_fields(**changes: Any) -> dict[str, Any]:
    fields = {"title": "Night mail", "language": "en", "state": "draft", "dateline_on": "2026-03-20"}
    rows = [f"{name}-{count}_FORMS" for name in ("mentions", "attached_documents") for count in ("TOTAL", "INITIAL")]
    return {**fields, **dict.fromkeys(rows, "0"), **changes}


def messages_of(answer: Any) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(answer.wsgi_request)]


def test_save_says_what_was_left_out() -> None:
    section = news.section()

    answer = staff.sign_in().post(reverse("admin:news_article_add"), article_fields(section=section.pk, body=BODY))

    assert ("warning", LEFT_OUT) in messages_of(answer)
    assert Article.objects.get().body == "<p>a</p>"


def test_unpublished_changes_say_what_was_left_out() -> None:
    article = news.article()
    client = staff.sign_in()
    url = reverse("admin:news_article_change", args=[article.pk])
    fields = article_fields(
        section=article.section_id, body=BODY, slug=article.slug, _version=version_tokens.make_version_token(article)
    )

    answer = client.post(url, fields)

    assert [text for level, text in messages_of(answer) if level == "warning"] == [LEFT_OUT]


def test_save_of_a_clean_text_says_nothing() -> None:
    answer = staff.sign_in().post(
        reverse("admin:news_article_add"), article_fields(section=news.section().pk, body="<p>a</p>")
    )

    assert [level for level, _ in messages_of(answer)] == ["success"]
