import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition, State
from tests.factories import forms, news, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def perform_action(action: str, *articles: Article, role: str = "Publisher", **fields: Any) -> Any:
    data = {"action": action, **forms.selected_rows(*articles), **fields}
    return staff.sign_in(role=role).post(reverse("admin:news_article_changelist"), data, follow=True)


def test_publish_publishes_all_and_counts_them() -> None:
    rows = [news.article(standfirst="By rail.", state=State.DRAFT, publish_at=None) for _ in range(2)]

    answer = perform_action("publish_selected", *rows)

    assert messages_of(answer) == ["2 items were published."]
    assert set(Article.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    assert Article.objects.filter(publish_at=None).count() == 0
    assert [(row.stage, row.is_minor) for row in Edition.objects.all()] == [("published", True)] * 2


def test_publish_names_refused_items_with_the_reason() -> None:
    good = news.article(standfirst="By rail.", state=State.DRAFT)
    bad = news.article("Bad <b>", state=State.DRAFT)
    Article.objects.filter(pk=bad.pk).update(title="")

    answer = perform_action("publish_selected", good, bad)

    assert messages_of(answer) == [
        "“(no title yet)” was not changed: Enter a title. Add a standfirst or body text.",
        "1 item was published.",
    ]
    bad.refresh_from_db()
    assert bad.state == State.DRAFT


def test_recent_reason_is_one_click() -> None:
    news.article("Before", state=State.UNPUBLISHED, withdrawal_reason="Wrong <tariff>.", withdrawn_at=news.LONG_AGO)
    article = news.article()
    offered = perform_action("unpublish_selected", article).content.decode()

    # The blank field comes before the button.
    perform_action("unpublish_selected", article, reason=["", "Wrong <tariff>."])

    article.refresh_from_db()
    assert '<button type="submit" class="button" name="reason" value="Wrong &lt;tariff&gt;.">' in offered
    assert (article.state, article.withdrawal_reason) == (State.UNPUBLISHED, "Wrong <tariff>.")


def test_unpublish_asks_for_the_reason_first() -> None:
    article = news.article("Old <tariff>")

    answer = perform_action("unpublish_selected", article)

    page = answer.content.decode()
    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    assert "<li>Old &lt;tariff&gt;</li>" in page
    assert '<input type="text" name="reason"' in page


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_unpublish_refuses_a_blank_or_long_reason(reason: str) -> None:
    article = news.article()

    answer = perform_action("unpublish_selected", article, reason=reason)

    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    assert list(answer.context["form"].errors) == ["reason"]


def test_unpublish_stores_reason_and_time() -> None:
    article = news.article()

    answer = perform_action("unpublish_selected", article, reason="Replaced by the tariff of 2027.")

    article.refresh_from_db()
    assert messages_of(answer) == ["1 item was unpublished."]
    assert (article.state, article.withdrawal_reason) == (State.UNPUBLISHED, "Replaced by the tariff of 2027.")
    assert isinstance(article.withdrawn_at, dt.datetime)


def test_no_message_if_nothing_was_done() -> None:
    bad = news.article(state=State.DRAFT)
    Article.objects.filter(pk=bad.pk).update(title="")

    assert len(messages_of(perform_action("publish_selected", bad))) == 1
    assert len(messages_of(perform_action("unpublish_selected", bad, reason="x"))) == 1
