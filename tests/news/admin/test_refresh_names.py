import pytest
from django.urls import reverse

from news.models import Mention
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")


def test_editor_refreshes_names_in_old_articles() -> None:
    article, person = news.article(), news.person("Wong", "Meiling")
    news.mention(person, article=article)
    Mention.objects.freeze_shown()
    person.family_name = "Chan"
    person.save()
    browser = staff.sign_in(role="Editor")
    data = {"action": "refresh_names", **forms.selected_rows(article)}

    assert "Wong Meiling" in browser.get(reverse("admin:news_article_change", args=[article.pk])).text
    answer = browser.post(LIST, data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["1 name was refreshed."]
    assert Mention.objects.get().shown_name == "Chan Meiling"


def test_author_cannot_refresh_names() -> None:
    article = news.article()
    news.mention(news.person("Wong", "Meiling"), article=article)
    staff.sign_in(role="Author").post(LIST, {"action": "refresh_names", **forms.selected_rows(article)})

    assert Mention.objects.get().frozen_at is None
