from typing import Any

import pytest
from django.urls import reverse

from news.models import Article, Section
from postportal.audit.models import Entry
from postportal.pages.models import Page
from tests.factories import audit, forms, news, pages, staff
from tests.layout import folded

pytestmark = pytest.mark.django_db
ARTICLES = "admin:news_article_changelist"


@pytest.mark.parametrize("key", ["x", "", "-1", "1e3", "9" * 30, "1 OR 1=1", "\0", "١"])
@pytest.mark.parametrize("action", ["delete_selected", "publish_selected", "no_such_action", ""])
def test_forged_selection_changes_nothing(key: str, action: str) -> None:
    news.article()

    answer = staff.sign_in().post(reverse(ARTICLES), {"action": action, "_selected_action": [key]})

    assert answer.status_code in {200, 302}
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        *("p=x", "p=-1", f"p={'9' * 30}", "o=99.-x", "q=%27%3B--", "q=" + "a" * 3000, "all=1", "visibility=nonsense"),
        *("dateline_on__year=x", "dateline_on__year=99999", "id__in=99999999999999999999999", "section__id__exact=x"),
        *("e=1", "_popup=x", "_to_field=password", "language__exact=%F0%9F%98%80", "is_featured__exact=2"),
        *(f"dateline_on__year={'9' * 20}", "dateline_on__day=32", "dateline_on__year=2021&dateline_on__month=13"),
    ],
)
def test_invalid_query_shows_a_list_or_is_refused(query: str) -> None:
    news.article()

    answer = staff.sign_in().get(f"{reverse(ARTICLES)}?{query}", follow=True)

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("query", ["created_by__password__startswith=p", "section__articles__body__contains=x"])
def test_filter_reaches_no_other_table(query: str) -> None:
    assert staff.sign_in().get(f"{reverse(ARTICLES)}?{query}").status_code == 400


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "1_2F"])
@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_invalid_key_redirects_to_the_home(key: str, view: str) -> None:
    answer = staff.sign_in().get(reverse(f"admin:news_article_{view}", args=[key]))

    assert answer.status_code == 302


def test_slug_saved_concurrently_is_a_form_error(monkeypatch: pytest.MonkeyPatch) -> None:
    section = news.section()
    check = Article.validate_constraints
    calls: list[Any] = []

    def save_concurrently(self: Article, exclude: Any = None) -> None:
        def save_other() -> None:
            news.article("First", slug="night-mail", dateline_on=self.dateline_on, section=section)

        calls.append(self)
        if len(calls) == 1:
            check(self, exclude=exclude)
            save_other()
        else:
            # The first one was rolled back with the failed write.
            save_other()
            check(self, exclude=exclude)

    monkeypatch.setattr(Article, "validate_constraints", save_concurrently)
    fields = {
        "title": "Night mail",
        "slug": "night-mail",
        "section": section.pk,
        "language": "en",
        "state": "draft",
        "dateline_on": "2026-03-20",
        "body": "<p>A long text</p>",
        "mentions-TOTAL_FORMS": "0",
        "mentions-INITIAL_FORMS": "0",
        "attached_documents-TOTAL_FORMS": "0",
        "attached_documents-INITIAL_FORMS": "0",
    }

    answer = staff.sign_in().post(reverse("admin:news_article_add"), fields)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Another article with this date already uses this URL. Choose another." in page
    assert "&lt;p&gt;A long text&lt;/p&gt;" in page
    assert Article.objects.count() == 1


def test_rule_that_validation_does_not_know_is_explained_at_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    pages.page(path="about", language="en")
    monkeypatch.setattr(Page, "validate_constraints", lambda self, exclude=None: None)
    monkeypatch.setattr(Page, "clean", lambda self: None)
    fields = {"title": "About us", "path": "about", "language": "en", "state": "draft", "body": "<p>Mine</p>"}
    fields |= {"attached_documents-TOTAL_FORMS": "0", "attached_documents-INITIAL_FORMS": "0"}

    answer = staff.sign_in().post(reverse("admin:pages_page_add"), fields)

    page = answer.content.decode()
    assert answer.context["adminform"].form.errors == {"path": ["Another page in this language already uses this URL."]}
    assert "Someone else" not in page
    assert "&lt;p&gt;Mine&lt;/p&gt;" in page


def test_lists_defer_long_texts() -> None:
    news.article(body="<p>long</p>")

    [row] = staff.sign_in().get(reverse(ARTICLES)).context["cl"].result_list

    assert {"body", "body_text", "standfirst"} <= row.get_deferred_fields()


def test_searchable_relations_use_autocomplete() -> None:
    for number in range(30):
        Section.objects.create(name=f"Section {number}", slug=f"section-{number}")

    form = staff.sign_in().get(reverse("admin:news_article_add")).context["adminform"].form

    # The only option is the blank one.
    assert str(form["section"]).count("<option") == 1
    assert "admin-autocomplete" in str(form["section"])
    assert " required" not in str(form["section"])


def test_viewers_see_rendered_rich_text() -> None:
    article = news.article(body="<h2>Tonight</h2><p>By <strong>rail</strong>.</p>")
    url = reverse("admin:news_article_change", args=[article.pk])

    page = staff.sign_in(role="Viewer").get(url).content.decode()

    assert f'<div class="rich-text">{folded(article.body)}</div>' in page
    assert "data-rich-text" not in page


def test_programming_error_is_not_reported_as_an_invalid_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ValueError("A bug in the list itself.")

    monkeypatch.setattr("news.admin.article.ArticleAdmin.get_queryset", fail)

    with pytest.raises(ValueError, match="itself"):
        staff.sign_in().get(reverse(ARTICLES))


def test_deletion_is_logged_with_the_name() -> None:
    section = news.section("Messages")
    browser = staff.sign_in(staff.account(username="li", is_superuser=True))
    last = audit.last_number()

    browser.post(reverse("admin:news_section_delete", args=[section.pk]), forms.delete_confirmation(section))

    [row] = Entry.objects.filter(number__gt=last).values()
    assert (row["action"], row["actor_name"], row["item_label"], row["item_key"], row["item_name"]) == (
        *("delete", "li", "news.section"),
        *(str(section.pk), "Messages"),
    )


def test_bulk_deletion_is_logged_for_each_row() -> None:
    articles = [news.article(f"Story {number}") for number in range(3)]
    browser = staff.sign_in()
    last = audit.last_number()

    browser.post(reverse(ARTICLES), {"action": "delete_selected", **forms.selected_rows(*articles), "post": "yes"})

    names = Entry.objects.filter(number__gt=last, action="delete").values_list("item_name", flat=True)
    assert sorted(names) == ["Story 0", "Story 1", "Story 2"]


def test_refused_deletion_is_not_logged() -> None:
    section = news.section("Messages")
    news.article(section=section)
    browser = staff.sign_in()
    last = audit.last_number()
    fields = {"action": "delete_selected", **forms.selected_rows(section), "post": "yes"}

    browser.post(reverse("admin:news_section_delete", args=[section.pk]), forms.delete_confirmation(section))
    browser.post(reverse("admin:news_section_changelist"), fields)

    assert audit.actions_since(after=last) == []
