"""Rights by section, wherever an article is changed, reviewed, published or moved."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from news.models import Article, Section, SectionRight
from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import copying, restoring, revisions, snapshots
from postportal.publishing.workflow import steps, translations
from postportal.publishing.workflow.filing import Filing, file_items
from postportal.staff.permissions import accounts_with_permission, has_model_permission
from postportal.staff.row_limits import allowed_keys, within_limits
from tests.factories import editorial, forms, news, staff
from tests.factories.releases import release
from tests.postportal.publishing.conftest import queue_entries
from tests.postportal.publishing.revision_pages import admin_url, reload

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


@pytest.fixture
def messages() -> Section:
    return news.section("Messages")


@pytest.fixture
def stories() -> Section:
    return news.section("Stories")


def limited(role: str, *sections: Section) -> Any:
    account = staff.account(role)
    SectionRight.objects.bulk_create(SectionRight(user=account, section=section) for section in sections)
    return account


def bulk(browser: Client, name: str, *rows: Any, **fields: Any) -> Any:
    data = {"action": name, "reason": "Wrong.", "confirmed": "1", "post": "yes", **forms.selected_rows(*rows), **fields}
    return browser.post(LIST, data, follow=True)


def test_account_without_limits_works_everywhere(stories: Section) -> None:
    editor, article = staff.account("Publisher"), news.article(section=stories)

    assert allowed_keys(editor, Article) is None
    assert has_model_permission(editor, "publish", article)


def test_articles_of_other_sections_are_read_only(messages: Section, stories: Section) -> None:
    editor, writer = limited("Editor", messages), staff.account("Author")
    own, other = (
        editorial.submitted_article(title, by=writer, section=section)
        for title, section in (("Own", messages), ("Other", stories))
    )
    browser = staff.sign_in(editor)

    pages = {row.title: browser.get(admin_url(row, "change")) for row in (own, other)}
    listed = browser.get(LIST)

    assert {title: bool(page.context["form_steps"]) for title, page in pages.items()} == {"Own": True, "Other": False}
    assert pages["Other"].context["adminform"].form.fields == {}
    assert {row.title for row in listed.context["cl"].result_list} == {"Own", "Other"}
    assert [entry.text for entry in queue_entries("reviews", editor)] == ["Own"]
    for name, fields in [
        *(
            ("change", {"title": "x"}),
            ("step publish", {}),
            ("step return", {"reason": "x"}),
            ("delete", {"post": "yes"}),
        ),
        *(("comment", {"text": "x"}), ("people assign", {}), ("share", {"days": 7}), ("duplicate", {})),
    ]:
        assert browser.post(admin_url(other, *name.split()), fields).status_code == 403, name


@pytest.mark.parametrize(
    ("action", "start"),
    [
        ("publish_selected", "review"),
        ("approve_selected", "review"),
        ("unpublish_selected", "live"),
        ("withdraw_selected", "live"),
        ("tag_selected", "live"),
    ],
)
def test_bulk_actions_leave_articles_of_other_sections_alone(
    messages: Section, stories: Section, action: str, start: str
) -> None:
    publisher, writer = limited("Publisher", messages), staff.account("Author")
    make = (
        editorial.submitted_article
        if start == "review"
        else lambda title, by, section: news.article(title, section=section)
    )
    own, other = (make(title, by=writer, section=section) for title, section in (("Own", messages), ("Other", stories)))

    def state(row: Any) -> Any:
        approved = Edition.objects.of(row).filter(approved_at__isnull=False).exists()
        return (reload(row).state, approved, list(reload(row).tags.names()))

    before = {row.title: state(row) for row in (own, other)}
    bulk(staff.sign_in(publisher), action, own, other, add_tags="hush")

    after = {row.title: state(row) for row in (own, other)}
    assert after["Other"] == before["Other"]
    assert after["Own"] != before["Own"]


def test_nothing_is_moved_into_or_out_of_other_sections(messages: Section, stories: Section) -> None:
    publisher = limited("Publisher", messages)
    own, other = news.article("Own", section=messages), news.article("Other", section=stories)
    browser = staff.sign_in(publisher)

    form = browser.get(admin_url(own, "change")).context["adminform"].form
    assert list(form.fields["section"].queryset) == [messages]
    answer = browser.post(
        admin_url(own, "change"),
        {**forms.fill_form(browser, admin_url(own, "change")), "section": stories.pk, "_continue": "1"},
    )
    assert "section" in answer.context["adminform"].form.errors
    bulk(browser, "change_section", own, section=stories.pk)
    done, refused = file_items([own, other], Filing(columns={"section": stories}), by=publisher)

    assert (done, set(refused)) == ([], {own, other})
    assert (reload(own).section, reload(other).section) == (messages, stories)


def test_correction_that_moves_an_article_needs_rights_in_both_sections(messages: Section, stories: Section) -> None:
    article = news.article("Moved", standfirst="By rail.", section=messages)
    editorial.correction(article, by=staff.account("Editor"), section=stories.pk)

    for sections, may in [((messages,), False), ((stories,), False), ((messages, stories), True)]:
        account = limited("Publisher", *sections)
        assert bool(steps.possible_steps(article, by=account)) is may
        reasons = [] if may else ["Your account is limited to other sections."]
        if not may:
            with pytest.raises(ValidationError) as refusal:
                steps.perform("publish", article, by=account)
            assert refusal.value.messages == reasons
        assert staff.sign_in(account).post(admin_url(article, "change"), {}).status_code == (200 if may else 403)


def test_copies_translations_and_old_versions_stay_in_the_section(messages: Section, stories: Section) -> None:
    author = limited("Author", messages)
    other = news.article("Other", section=stories)
    content = copying.copied_content(Article, revisions.current_content(other))

    for create in (
        lambda: copying.create_draft(Article, content, by=author, origin=""),
        lambda: translations.translate(other, "zh-hans", by=author, origin=""),
    ):
        with pytest.raises(ValidationError):
            create()
    own = editorial.draft_article("Own", by=author, section=stories)
    Article.objects.filter(pk=own.pk).update(section=messages)
    own.refresh_from_db()
    revisions.record_revision(own, snapshots.serialize(own), by=author)
    with pytest.raises(ValidationError):
        restoring.restore(own, Revision.objects.of(own).order_by("number")[0], by=author)

    assert Article.objects.count() == 2


def test_release_with_an_article_of_another_section_is_not_published(messages: Section, stories: Section) -> None:
    publisher, writer = limited("Publisher", messages), staff.account("Author")
    other = editorial.submitted_article("Other", by=writer, section=stories)
    launch = release("Launch", other)

    staff.sign_in(publisher).post(f"/admin/publishing/release/{launch.pk}/step/publish/", {})

    assert reload(other).state == State.DRAFT


def test_draft_without_a_section_is_open_until_it_has_one(messages: Section, stories: Section) -> None:
    editor = limited("Editor", messages)
    news.article("Nowhere", section=None, state=State.DRAFT, publish_at=None)
    news.article("Other", section=stories)

    assert [row.title for row in within_limits(editor, Article.objects.all())] == ["Nowhere"]


def test_colleagues_who_are_offered_may_work_on_the_article(messages: Section, stories: Section) -> None:
    free, other = staff.account("Editor"), limited("Editor", stories)
    own, chief = limited("Editor", messages, stories), staff.account(is_superuser=True)

    found = set(accounts_with_permission("change", news.article(section=messages)))

    assert found == {free, own, chief}
    assert other not in found
