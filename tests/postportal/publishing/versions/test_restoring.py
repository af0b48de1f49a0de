"""Restoring an older version."""

import copy
from typing import Any

import pytest
from django.utils import timezone

from news.models import Article, Mention
from postportal.audit.models import Entry
from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import restoring, revisions
from postportal.publishing.workflow import steps
from services.models import StampIssue
from tests.factories import news, services, staff
from tests.postportal.publishing.revision_pages import IDS, ITEMS, admin_url, messages_of, reload, restore, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_restored_version_of_a_draft_is_written_to_the_row(make: Any) -> None:
    row = make(state=State.DRAFT)
    browser = staff.sign_in()
    save(row, browser, title="New")

    answer = restore(browser, row, 1)

    assert (reload(row).title, messages_of(answer)) == ("Old", ["Version 1 was restored."])
    newest = Revision.objects.of(row).newest_first().first()
    assert newest is not None
    assert (newest.number, newest.kind, newest.note) == (3, "restored", "Version 1")
    assert newest.content == Revision.objects.of(row).get(number=1).content


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_restored_version_of_a_live_item_becomes_its_unpublished_changes(make: Any) -> None:
    row = make()
    browser = staff.sign_in()
    save(row, browser, title="New")
    steps.perform("publish", row, by=staff.account("Publisher", is_superuser=True))

    answer = restore(browser, row, 1)

    edition = Edition.objects.of(row).open().get()
    assert (reload(row).title, edition.content["fields"]["title"], edition.stage) == ("New", "Old", "draft")
    assert messages_of(answer) == [
        "Version 1 was restored as unpublished changes. Readers still see the live version until you publish."
    ]
    entry = Entry.objects.filter(action="restore").get()
    assert (entry.item_key, entry.detail) == (str(row.pk), "version 1")
    events = browser.get(admin_url(row, "history")).context["timeline_events"]
    assert [e.step.action if e.step else e.revision.number for e in events] == [3, "publish", 2, 1]


def test_restoring_brings_back_removed_child_rows_and_tags() -> None:
    article = news.article("Old", standfirst="S", tags=["rail"])
    person = news.person()
    mention = news.mention(person, article=article, label="Ms Zhou")
    revisions.record_outside_change(article)
    key = mention.pk
    mention.delete()
    article.tags.clear()
    user = staff.account("Publisher")

    restoring.restore(article, Revision.objects.of(article).get(number=1), by=user)
    assert (article.mentions.count(), article.tags.count()) == (0, 0)
    steps.perform("publish", article, by=staff.account("Publisher"))

    assert [(row.pk, row.person, row.label) for row in article.mentions.all()] == [(key, person, "Ms Zhou")]
    assert list(article.tags.names()) == ["rail"]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_restored_stamps_replace_others_in_their_positions(state: str) -> None:
    issue = services.stamp_issue(state=state)
    first, second = services.stamp(issue, position=1), services.stamp(issue, position=2)
    services.product(issue, name="Sheet")
    revisions.record_outside_change(issue)
    keys = first.pk, second.pk
    first.delete()
    StampIssue.objects.get(pk=issue.pk).stamps.filter(pk=second.pk).update(position=1)
    services.stamp(issue, position=2, name="Replacement")

    restoring.restore(issue, Revision.objects.of(issue).get(number=1), by=staff.account("Philatelist"))
    if state == State.PUBLISHED:
        steps.perform("publish", issue, by=staff.account("Philatelist"))

    assert [(row.pk, row.position, row.name) for row in issue.stamps.all()] == [
        (keys[0], 1, "Courier 1"),
        (keys[1], 2, "Courier 2"),
    ]


def test_row_whose_key_is_used_by_another_item_gets_a_new_key() -> None:
    article, other, person = news.article("Old", standfirst="S"), news.article(), news.person()
    mention = news.mention(person, article=article)
    revisions.record_outside_change(article)
    Mention.objects.filter(pk=mention.pk).update(article=other)

    restoring.restore(article, Revision.objects.of(article).get(number=1), by=staff.account("Editor"))
    steps.perform("publish", article, by=staff.account("Editor"))

    assert [row.person for row in article.mentions.all()] == [person]
    assert list(other.mentions.values_list("pk", flat=True)) == [mention.pk]


def test_row_with_a_provisional_key_is_not_duplicated_after_publication() -> None:
    article = news.article("Old", standfirst="S")
    person = news.person()
    browser = staff.sign_in(role="Editor")
    new = {"mentions-TOTAL_FORMS": "1", "mentions-0-person": person.pk, "mentions-0-order": "1"}
    save(article, browser, **new, **{"mentions-0-article": article.pk})
    steps.perform("publish", article, by=staff.account("Editor"))
    [before] = article.mentions.all()
    unpublished = Revision.objects.of(article).get(number=2)
    assert unpublished.content["parts"]["mentions"][0]["pk"] < 0

    restore(browser, article, 2, save_note="Back again")
    edition = Edition.objects.of(article).open().first()

    assert edition is None or edition.content["parts"]["mentions"][0]["pk"] == before.pk


def test_deleted_references_are_listed_and_the_rest_is_restored() -> None:
    article = news.article("Old", standfirst="S", state=State.DRAFT, section=None)
    person, gone, organization = news.person(), news.source("Gone"), news.organization()
    news.mention(person, article=article)
    news.mention(organization, article=article)
    article.source = gone
    article.save()
    revisions.record_outside_change(article)
    article.mentions.all().delete()
    article.source, article.title = None, "New"
    article.save()
    keys = person.pk, gone.pk
    person.delete()
    gone.delete()

    answer = restore(staff.sign_in(), article, 1)

    assert (reload(article).title, [row.organization for row in article.mentions.all()]) == ("Old", [organization])
    assert sorted(messages_of(answer)) == [
        f"This could not be restored because it no longer exists: mention no. {keys[0]}",
        f"This could not be restored because it no longer exists: source: no. {keys[1]} (deleted)",
        "Version 1 was restored.",
    ]


def test_refused_restore_lists_the_reasons_and_changes_nothing() -> None:
    article = news.article("Old", slug="first", standfirst="S")
    revisions.record_outside_change(article)
    browser = staff.sign_in()
    save(article, browser, slug="second")
    steps.perform("publish", article, by=staff.account("Publisher"))
    news.article("Other", slug="first", standfirst="S")

    answer = restore(browser, article, 1)

    assert messages_of(answer) == [
        "Version 1 was not restored: URL: Another article with this date already uses this URL. Choose another."
    ]
    assert (reload(article).slug, Edition.objects.of(article).open().count()) == ("second", 0)
    assert Revision.objects.of(article).filter(kind="restored").count() == 0


def test_version_with_the_current_content_makes_no_revision() -> None:
    article = news.article("Old", standfirst="S")
    revisions.record_outside_change(article)
    browser = staff.sign_in()

    answer = restore(browser, article, 1)

    assert (messages_of(answer), Revision.objects.of(article).count()) == (["“Old” already has this content."], 1)


@pytest.mark.parametrize("version", ["", "0", "1.5", "x"])
def test_restoring_on_an_outdated_page_is_refused(version: str) -> None:
    article = news.article("Old", standfirst="S", state=State.DRAFT)
    browser = staff.sign_in()
    save(article, browser, title="New")

    answer = restore(browser, article, 1, _version=version)

    assert (reload(article).title, answer.status_code) == ("New", 200)
    assert "was saved after you opened this page" in messages_of(answer)[0]


def test_restoring_removes_the_approval() -> None:
    article = news.article("Old", standfirst="By rail.", state=State.DRAFT)
    writer, editor = staff.account("Editor"), staff.account("Editor")
    save(article, staff.sign_in(writer), title="New")
    steps.perform("submit", article, by=writer)
    steps.perform("approve", article, by=editor)

    restoring.restore(article, Revision.objects.of(article).get(number=1), by=editor)

    edition = Edition.objects.of(article).open().get()
    assert (edition.approved_at, sorted(edition.writers.values_list("pk", flat=True))) == (
        None,
        sorted([writer.pk, editor.pk]),
    )


def test_version_with_a_number_used_by_another_stamp_is_refused() -> None:
    issue, other = services.stamp_issue(), services.stamp_issue()
    stamp = services.stamp(issue, wns_number="CN001.26")
    revisions.record_outside_change(issue)
    stamp.delete()
    services.stamp(other, wns_number="CN001.26")

    answer = restore(staff.sign_in(), issue, 1)

    assert messages_of(answer) == ["Version 1 was not restored: Another stamp already has this WNS number."]
    assert Edition.objects.of(issue).open().count() == 0


def test_deleted_partner_is_listed() -> None:
    issue, gone = services.stamp_issue("Old", state=State.DRAFT), news.organization("Lowland Post")
    issue.partners.set([gone])
    revisions.record_outside_change(issue)
    issue.partners.clear()
    key = gone.pk
    gone.delete()
    StampIssue.objects.filter(pk=issue.pk).update(title="New")

    answer = restore(staff.sign_in(), issue, 1)

    assert (reload(issue).title, sorted(messages_of(answer))) == (
        "Old",
        [
            f"This could not be restored because it no longer exists: no. {key} (deleted)",
            "Version 1 was restored.",
        ],
    )


def test_credit_of_a_deleted_person_keeps_the_printed_name() -> None:
    issue, person = services.stamp_issue(state=State.DRAFT), news.person()
    credit = services.credit(issue, name="He Lan", person=person)
    revisions.record_outside_change(issue)
    credit.delete()
    person.delete()

    restore(staff.sign_in(), issue, 1)

    assert [(row.name, row.person) for row in issue.credits.all()] == [("He Lan", None)]


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_early_version_of_a_live_article_keeps_the_live_section(state: str) -> None:
    article = news.article(state=State.DRAFT, standfirst="First words.", publish_at=None)
    Article.objects.update(title="", slug="", section=None)
    article.refresh_from_db()
    revisions.record_outside_change(article)
    section = news.section("Company news")
    article.title, article.section, article.standfirst, article.state = "Old", section, "Last words.", state
    article.withdrawal_reason = "Wrong" if state == State.WITHDRAWN else ""
    article.publish_at = timezone.now()
    article.save()

    answer = restore(staff.sign_in(), article, 1)

    fields = Edition.objects.of(article).open().get().content["fields"]
    assert (fields["standfirst"], fields["title"], fields["section"]) == ("First words.", "Old", section.pk)
    assert messages_of(answer) == [
        "Version 1 was restored as unpublished changes. Readers still see the live version until you publish.",
        "The version has no value for these fields, so they keep their current values: Title, URL, Section",
    ]
    assert staff.sign_in().get(admin_url(article, "change")).status_code == 200


def test_restoring_says_what_cleaning_left_out() -> None:
    article = news.article("Old", standfirst="S")
    revisions.record_outside_change(article)
    content = copy.deepcopy(Revision.objects.of(article).get().content)
    content["fields"]["body"] = "<p>a</p><video></video>"
    Revision.objects.create(
        item=article, number=2, content=content, at=timezone.now(), kind=Revision.Kind.SAVED, edition=None, by=None
    )

    answer = restore(staff.sign_in(), article, 2)

    assert messages_of(answer)[1:] == ["Left out: 1 video."]
