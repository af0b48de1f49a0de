import pytest
from django.urls import reverse

from tests.factories import images, news, staff
from tests.factories.forms import fill_form

pytestmark = pytest.mark.django_db


def test_autocomplete_is_not_required_in_the_browser() -> None:
    form = staff.sign_in().get(reverse("admin:news_article_add")).context["adminform"].form

    assert form.fields["source"].widget.use_required_attribute("") is False
    assert " required" not in str(form["source"])


def test_blank_option_has_a_label() -> None:
    article = news.article(source=news.source())

    form = staff.sign_in().get(reverse("admin:news_article_change", args=[article.pk])).context["adminform"].form

    assert '<option value="" label="–">' in str(form["source"])
    assert str(form["source"]).count(' label="') == 1


def test_picture_field_shows_the_selected_picture_and_the_library() -> None:
    image = images.image()
    article = news.article(lead_image=image)

    browser = staff.sign_in()
    empty = str(browser.get(reverse("admin:news_article_add")).context["adminform"].form["lead_image"])
    filled = (
        browser.get(reverse("admin:news_article_change", args=[article.pk])).context["adminform"].form["lead_image"]
    )

    assert '<img class="thumbnail"' not in empty
    assert f'<img class="thumbnail" src="{image.sources("stamp")[0].url}" alt="">' in str(filled)
    assert f'data-library-url="{reverse("admin:images_image_library")}"' in empty


@pytest.mark.parametrize("key", ["x", "²", "1.5", "-1", "\u2028", "9" * 19])
def test_key_that_is_none_is_refused_in_words(key: str) -> None:
    browser, row = staff.sign_in(), news.article()
    url = reverse("admin:news_article_change", args=[row.pk])

    page = browser.post(url, fill_form(browser, url, section=key, lead_image=key))

    assert page.context["adminform"].form.errors.keys() == {"section", "lead_image"}
