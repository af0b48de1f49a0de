"""Copies, templates and translations from the form of an item."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from news.models import Article, ArticleDocument
from postportal.audit.models import Entry
from postportal.pages.models import Page
from postportal.publishing.models import Edition, ItemTemplate, Publishable, Revision, State
from postportal.publishing.versions import revisions
from services.models import StampIssue
from tests.factories import documents, editorial, images, news, pages, services, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def url(item: Publishable, action: str) -> str:
    return f"/admin/{item._meta.label_lower.replace('.', '/')}/{item.pk}/{action}/"


def newest(model: Any) -> Any:
    return model.objects.order_by("-pk")[0]


def test_form_of_every_kind_offers_copies() -> None:
    browser = staff.sign_in()
    for item in (news.article("A"), pages.page("P"), services.stamp_issue("I")):
        page = browser.get(url(item, "change")).content.decode()
        assert [f'action="{url(item, step)}"' in page for step in ("duplicate", "save-as-template")] == [True, True]


def test_copy_of_an_article_is_an_own_draft_of_today() -> None:
    article = news.article("Night mail", tags=["rail"], is_featured=True, correction="Wrong.", body="<p>By rail.</p>")
    news.mention(news.person(), article=article, label="the driver")
    editorial.correction(article, by=staff.account("Editor"), standfirst="Newer.")
    author = staff.account("Author")

    answer = staff.sign_in(author).post(url(article, "duplicate"), follow=True)

    copy = newest(Article)
    assert (copy.title, copy.standfirst, copy.body) == ("Copy of Night mail", "Newer.", "<p>By rail.</p>")
    assert (copy.state, copy.publish_at, copy.created_by) == (State.DRAFT, None, author)
    assert (copy.dateline_on, copy.slug, copy.is_featured, copy.correction) == (
        timezone.localdate(),
        "copy-of-night-mail",
        False,
        "",
    )
    assert (list(copy.tags.names()), [row.label for row in copy.mentions.all()]) == (["rail"], ["the driver"])
    assert [row.label for row in article.mentions.all()] == ["the driver"]
    assert Edition.objects.of(copy).get().is_written_by(author)
    assert Revision.objects.of(copy).get().note == "Copy of “Night mail”"
    assert Entry.objects.filter(action="create", item_key=str(copy.pk)).exists()
    assert messages_of(answer) == ["Copy created as a draft."]


def test_copy_of_a_stamp_issue_has_its_stamps_without_their_numbers() -> None:
    issue = services.stamp_issue("Viaducts", year=2026, number=7, issued_on=dt.date(2026, 5, 1))
    services.stamp(issue, name="Arch", wns_number="CN001.26", image=images.image())
    services.credit(issue, name="Wen Hao")

    staff.sign_in(role="Philatelist").post(url(issue, "duplicate"))

    copy = newest(StampIssue)
    assert (copy.title, copy.year, copy.number, copy.issued_on) == ("Copy of Viaducts", 2026, None, None)
    assert [(row.name, row.wns_number, row.image) for row in copy.stamps.all()] == [
        ("Arch", "", issue.stamps.get().image)
    ]
    assert [row.name for row in copy.credits.all()] == ["Wen Hao"]
    assert not copy.catalogue_references.exists()


def test_copy_of_a_page_has_a_url_of_its_own_and_can_be_copied_again() -> None:
    page = pages.page("Prices", path="prices")
    browser = staff.sign_in(role="Editor")

    for _ in range(2):
        browser.post(url(page, "duplicate"))

    assert set(Page.objects.values_list("path", flat=True)) == {"prices", "copy-of-prices", "copy-of-prices-2"}


def test_long_title_is_cut() -> None:
    article = news.article("x" * 300)

    staff.sign_in().post(url(article, "duplicate"))

    assert len(newest(Article).title) == 300


@pytest.mark.parametrize("action", ["duplicate", "save-as-template", "translate/zh-hans"])
def test_copying_needs_the_right_to_add_and_a_post(action: str) -> None:
    article = news.article()

    assert staff.sign_in(role="Viewer").post(url(article, action), {"name": "Weekly"}).status_code == 403
    assert staff.sign_in(role="Service desk").post(url(article, action), {"name": "Weekly"}).status_code == 403
    assert staff.sign_in().get(url(article, action)).status_code == 405
    assert Article.objects.count() == 1
    assert not ItemTemplate.objects.exists()


def save_template(browser: Client, article: Article, name: str = "Weekly bulletin") -> Any:
    return browser.post(url(article, "save-as-template"), {"name": name}, follow=True)


def test_template_makes_drafts() -> None:
    article = news.article("Bulletin", tags=["weekly"], body="<p>Rail.</p>")
    news.mention(news.person(), article=article, label="the editor")
    browser = staff.sign_in(role="Editor")
    saved = save_template(browser, article)
    article.delete()
    template = ItemTemplate.objects.get()

    menu = browser.get("/admin/news/article/").content.decode()
    author = staff.sign_in(role="Author")
    for _ in range(2):
        author.post(f"/admin/news/article/templates/{template.pk}/new/")

    assert messages_of(saved) == ["The template “Weekly bulletin” was saved."]
    assert ">Weekly bulletin</button>" in menu
    rows = Article.objects.order_by("pk")
    assert [(row.title, row.body, row.state, row.slug) for row in rows] == [
        ("Bulletin", "<p>Rail.</p>", State.DRAFT, "bulletin"),
        ("Bulletin", "<p>Rail.</p>", State.DRAFT, "bulletin-2"),
    ]
    assert [list(row.tags.names()) for row in rows] == [["weekly"]] * 2
    assert [row.mentions.get().label for row in rows] == ["the editor"] * 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "This field is required."),
        ("x" * 81, "at most 80 characters"),
        ("Weekly bulletin", "Another template has this name."),
    ],
    ids=["blank", "long", "taken"],
)
def test_template_needs_a_new_name_and_keeps_what_was_typed(name: str, reason: str) -> None:
    article, browser = news.article(), staff.sign_in()
    save_template(browser, article)

    page = save_template(browser, article, name).content.decode()

    assert reason in page.split('id="id_template_name_error"')[1].split("</ul>")[0]
    assert f'name="name" value="{name}"' in page or not name
    assert '<details class="tool-menu" open>' in page
    assert ItemTemplate.objects.count() == 1


def test_template_is_removed_by_its_owner_or_an_administrator() -> None:
    save_template(staff.sign_in(role="Editor"), news.article())
    remove = f"/admin/news/article/templates/{ItemTemplate.objects.get().pk}/remove/"

    assert staff.sign_in(role="Publisher").post(remove).status_code == 403
    assert staff.sign_in().get(remove).status_code == 405
    assert staff.sign_in().post(remove.replace("news/article", "pages/page")).status_code == 404
    assert staff.sign_in().post(remove).status_code == 302
    assert not ItemTemplate.objects.exists()


def test_templates_are_for_those_who_may_add() -> None:
    save_template(staff.sign_in(), news.article())
    key = ItemTemplate.objects.get().pk
    viewer = staff.sign_in(role="Viewer")

    assert "Weekly bulletin" not in viewer.get("/admin/news/article/").content.decode()
    assert viewer.post(f"/admin/news/article/templates/{key}/new/").status_code == 403
    assert staff.sign_in().get(f"/admin/news/article/templates/{key}/new/").status_code == 405


@pytest.fixture
def translation() -> Article:
    original = news.article("Night mail", slug="night-mail", standfirst="By rail.", body="<p>Daily.</p>")
    staff.sign_in(role="Editor").post(url(original, "translate/zh-hans"))
    row: Article = newest(Article)
    return row


def test_translation_is_a_draft_beside_its_original(translation: Article) -> None:
    original = Article.objects.get(slug="night-mail", language="en")

    assert (translation.translation_of, translation.language, translation.state) == (original, "zh-hans", State.DRAFT)
    assert (translation.title, translation.dateline_on) == ("Night mail", original.dateline_on)
    assert translation.translated_version == revisions.current_version(original) == 1
    page = staff.sign_in().get(url(original, "change")).content.decode()
    assert "Translate into" not in page


def test_language_that_exists_or_is_unknown_is_refused(translation: Article) -> None:
    original = translation.translation_of
    assert original is not None
    browser = staff.sign_in()

    assert [browser.post(url(original, f"translate/{code}")).status_code for code in ("zh-hans", "en", "xx")] == [
        404
    ] * 3
    issue = services.stamp_issue()
    assert browser.post(url(issue, "translate/zh-hans")).status_code == 404


def test_original_is_shown_beside_with_what_changed_since(translation: Article) -> None:
    original = translation.translation_of
    assert original is not None
    browser = staff.sign_in(role="Editor")
    before = browser.get(url(translation, "original")).content.decode()
    editorial.correction(original, by=staff.account("Editor"), standfirst="By night.")

    page = browser.get(url(translation, "original")).content.decode()
    queue = browser.get("/admin/waiting/outdated-translations/").content.decode()
    listed = browser.get("/admin/news/article/?translation=outdated").context["cl"].result_list
    marked = browser.post(url(translation, "original"), follow=True)

    assert "The original has not changed" in before
    assert "Changed in the original since then" in page
    assert "night" in page
    assert url(translation, "original") in queue
    assert [row.pk for row in listed] == [translation.pk]
    assert messages_of(marked) == ["The translation is marked as up to date."]
    assert not browser.get("/admin/news/article/?translation=outdated").context["cl"].result_list


def test_filing_the_original_outdates_nothing_and_a_row_without_translation_is_listed(translation: Article) -> None:
    original = translation.translation_of
    assert original is not None
    alone = news.article("Alone")
    browser = staff.sign_in()
    data = {"action": "tag_selected", "add_tags": "rail", "_selected_action": [original.pk]}
    browser.post("/admin/news/article/", {**data, f"_version_{original.pk}": 1})

    assert list(original.tags.names()) == ["rail"]
    assert not browser.get("/admin/news/article/?translation=outdated").context["cl"].result_list
    missing = browser.get("/admin/news/article/?translation=missing").context["cl"].result_list
    assert [row.pk for row in missing] == [alone.pk]


def test_comparison_is_for_those_who_may_view_and_mark(translation: Article) -> None:
    viewer = staff.sign_in(role="Viewer")

    assert viewer.get(url(translation, "original")).status_code == 200
    assert viewer.post(url(translation, "original")).status_code == 403
    assert staff.sign_in(role="Service desk").get(url(translation, "original")).status_code == 403
    assert staff.sign_in().get(url(news.article(), "original")).status_code == 404


def test_texts_of_both_sides_are_shown_as_stored() -> None:
    original = news.article("<b>", body="<p>Old.</p>")
    row = news.article("译文", language="zh-hans", translation_of=original, body="<p>旧。</p>")
    editorial.correction(row, by=staff.account("Editor"), body="<p>新。</p><script>alert(1)</script>")

    page = staff.sign_in().get(url(row, "original")).content.decode()

    row.refresh_from_db()
    assert "not been compared" in page
    assert "<p>新。</p>" in page
    assert "alert(1)" not in page
    assert "&lt;b&gt;" in page
    assert row.body == "<p>旧。</p>"


def test_template_with_rows_that_were_deleted_since_makes_a_draft_without_them() -> None:
    document, image, kept = documents.document(), images.image(), documents.document("Kept")
    article = news.article("Bulletin", lead_image=image)
    person = news.person()
    news.mention(person, article=article)
    for each in (document, kept):
        ArticleDocument.objects.create(article=article, document=each)
    browser = staff.sign_in(role="Editor")
    browser.post(url(article, "save-as-template"), {"name": "Weekly"})
    article.delete()
    for gone in (document, image, person):
        gone.delete()
    template = ItemTemplate.objects.get()

    answer = browser.post(f"/admin/news/article/templates/{template.pk}/new/", follow=True)

    draft = Article.objects.get()
    assert (draft.lead_image, [row.document for row in draft.attached_documents.all()]) == (None, [kept])
    assert (draft.mentions.count(), answer.status_code) == (0, 200)
    connection.check_constraints()
