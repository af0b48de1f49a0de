import pytest
from django.urls import reverse

from news.models import Article, Mention
from postportal.publishing.models import State
from tests.factories import forms, images, news, staff

pytestmark = pytest.mark.django_db
ADD = "admin:news_article_add"


def test_editor_fills_in_every_field() -> None:
    browser = staff.sign_in(role="Editor")
    person, organization = news.person(), news.organization()
    url = reverse(ADD)
    data = forms.fill_form(
        browser,
        url,
        title="Night mail returns",
        standfirst="By rail.",
        body="<p>Tonight.</p>",
        location="Lanshan",
        section=news.section().pk,
        source=news.source().pk,
        dateline_on="2026-03-20",
        credit="China Post",
        lead_image=images.image().pk,
        is_featured="on",
        tags=["rail mail", "2026"],
        **{"mentions-TOTAL_FORMS": "2", "mentions-0-person": person.pk, "mentions-0-order": "0"},
        **{"mentions-1-organization": organization.pk, "mentions-1-label": "HRA", "mentions-1-order": "1"},
    )

    answer = browser.post(url, data)

    article = Article.objects.get()
    staff.publish(article)
    article.refresh_from_db()
    assert answer.status_code == 302
    assert (article.title, article.slug, article.state) == ("Night mail returns", "night-mail-returns", State.PUBLISHED)
    assert (article.body, article.body_text) == ("<p>Tonight.</p>", "Tonight.")
    assert sorted(article.tags.names()) == ["2026", "rail mail"]
    assert [mention.subject for mention in Mention.objects.order_by("order")] == [person, organization]
    assert browser.get(article.get_absolute_url()).status_code == 200


def test_saving_an_unchanged_form_changes_nothing() -> None:
    article = news.article(tags=["rail mail", "2026"], body="<p>a</p>", source=news.source())
    news.mention(news.person(), article=article)
    before = Article.objects.values().get()
    browser = staff.sign_in(role="Editor")
    url = reverse("admin:news_article_change", args=[article.pk])

    answer = browser.post(url, forms.fill_form(browser, url))

    after = Article.objects.values().get()
    assert answer.status_code == 302
    assert {name for name in before if before[name] != after[name]} == set()
    assert sorted(article.tags.names()) == ["2026", "rail mail"]
    assert Mention.objects.count() == 1


def test_title_is_kept_when_the_date_is_missing() -> None:
    browser = staff.sign_in(role="Editor")
    data = forms.fill_form(browser, reverse(ADD), title="Night mail", body="<p>Long</p>", dateline_on="")

    form = browser.post(reverse(ADD), data).context["adminform"].form

    assert list(form.errors) == ["dateline_on"]
    assert (form["title"].value(), form["body"].value()) == ("Night mail", "<p>Long</p>")


def test_mention_of_both_a_person_and_an_organization_is_refused() -> None:
    browser = staff.sign_in(role="Editor")
    data = forms.fill_form(
        browser,
        reverse(ADD),
        **{"title": "Night mail", "section": news.section().pk, "mentions-TOTAL_FORMS": "1", "mentions-0-order": "0"},
        **{"mentions-0-person": news.person().pk, "mentions-0-organization": news.organization().pk},
    )

    page = browser.post(reverse(ADD), data).content.decode()

    assert "Choose either a person or an organization." in page


def test_list_finds_by_title_and_filters_by_section() -> None:
    expected = news.article("Night mail returns", section=news.section("News"))
    news.article("Day mail", section=news.section("Messages"))
    browser = staff.sign_in(role="Viewer")
    listing = reverse("admin:news_article_changelist")

    found = [
        list(browser.get(listing, query).context["cl"].result_list)
        for query in ({"q": "night returns"}, {"section__id__exact": expected.section_id})
    ]

    assert found == [[expected], [expected]]
