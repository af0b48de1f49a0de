from typing import Any

import pytest

from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import news, pages, staff
from tests.postportal.publishing.revision_pages import IDS, ITEMS, admin_url, compare, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_history_lists_versions_with_user_time_and_note(make: Any) -> None:
    row = make(state=State.DRAFT)
    user = staff.account(is_superuser=True, first_name="Wen", last_name="Li")
    browser = staff.sign_in(user)
    save(row, browser, title="New", save_note="  The name\n was wrong. ")

    page = browser.get(admin_url(row, "history"))

    events = page.context["timeline_events"]
    found = [(each.revision.number, each.revision.kind, each.actor_name, each.revision.note) for each in events]
    assert found == [(2, "saved", "Wen Li", "The name was wrong."), (1, "found", "", "")]
    text = page.content.decode()
    assert ("Version 2" in text, "The name was wrong." in text, "Edition 1: Draft" in text) == (True, True, True)


def test_history_lists_steps_between_the_versions() -> None:
    article = news.article("Old", standfirst="By rail.")
    writer, editor = staff.account("Editor"), staff.account("Editor", first_name="Wen", last_name="Li")
    save(article, staff.sign_in(writer), title="New")
    steps.perform("submit", article, by=writer)
    steps.perform("return", article, by=editor, reason="Whose figures?")
    steps.perform("publish", article, by=editor)

    page = staff.sign_in(writer).get(admin_url(article, "history"))

    found = [e.step.action if e.step else e.revision.number for e in page.context["timeline_events"]]
    assert found == ["publish", "return", "submit", 2, 1]
    [returned] = [e for e in page.context["timeline_events"] if e.step and e.step.action == "return"]
    assert (returned.actor_name, returned.step.detail) == ("Wen Li", "Whose figures?")
    assert "Whose figures?" in page.content.decode()


def test_history_contains_only_this_item() -> None:
    article, other = news.article("Old", standfirst="S"), pages.page("Other", pk=1_000_000)
    twin = news.article("Twin", standfirst="S")
    browser = staff.sign_in()
    for row in (article, other, twin):
        save(row, browser, title="New")
        steps.perform("publish", row, by=staff.account("Publisher"))

    page = browser.get(admin_url(article, "history"))

    assert {e.revision.object_id for e in page.context["timeline_events"] if e.revision} == {article.pk}
    assert {e.step.item_key for e in page.context["timeline_events"] if e.step} == {str(article.pk)}


def test_history_has_constant_queries_for_any_number_of_versions(django_assert_num_queries: Any) -> None:
    browser = staff.sign_in()
    counts = []
    for changes in (1, 4):
        article = news.article(standfirst="S")
        for number in range(changes):
            save(article, browser, title=f"Title {number}")
            steps.perform("publish", article, by=staff.account("Publisher"))
        browser.get(admin_url(article, "history"))
        with django_assert_num_queries(10) as found:
            browser.get(admin_url(article, "history"))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_long_history_is_paged() -> None:
    article = news.article("Old", standfirst="S")
    user = staff.account("Editor")
    for number in range(60):
        revisions.record_revision(article, {**snapshots.serialize(article), "fields": {"title": f"{number}"}}, by=user)
    browser = staff.sign_in(user)

    first, second = (browser.get(admin_url(article, "history"), {"page": page}) for page in ("", "2"))

    assert [len(page.context["timeline_events"]) for page in (first, second)] == [50, 10]
    others = [browser.get(admin_url(article, "history"), {"page": page}) for page in ("x", "-1", "3")]
    assert [page.status_code for page in others] == [404, 404, 404]


def test_item_without_versions_has_an_empty_history() -> None:
    page = staff.sign_in().get(admin_url(news.article(), "history"))

    assert "No changes have been recorded yet." in page.content.decode()


def test_note_is_one_short_line() -> None:
    article = news.article("Old", standfirst="S")

    save(article, staff.sign_in(), title="New", save_note="a\x00b\r\n" + "long " * 100)

    note = Revision.objects.of(article).newest_first().first().note  # type: ignore[union-attr]
    assert (note[:9], len(note)) == ("a b long ", 300)


def test_form_is_two_clicks_from_the_changes_and_three_from_restoring() -> None:
    article = news.article("Old", standfirst="By rail.")
    browser = staff.sign_in()
    save(article, browser, title="New")

    form = browser.get(admin_url(article, "change")).content.decode()
    history = browser.get(admin_url(article, "history")).content.decode()
    comparison = browser.get(f"{admin_url(article, 'compare')}?old=1&new=2").content.decode()

    assert f'href="{admin_url(article, "history")}"' in form
    assert f'href="{admin_url(article, "compare")}?old=1&amp;new=2"' in history
    assert f'action="{admin_url(article, "restore", 1)}"' in comparison
    assert f'href="{admin_url(article, "compare")}?old=live&amp;new=2"' in form


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_any_two_versions_and_the_live_version_can_be_compared(make: Any) -> None:
    row = make()
    browser = staff.sign_in()
    save(row, browser, title="New")

    pairs = [(1, 2), ("live", 2), (2, "live"), (0, 1), (2, 2)]
    labels = [[part.label for part in compare(browser, row, *pair).context["differences"]] for pair in pairs]

    assert labels[:3] == [["Title"]] * 3
    assert "Title" in labels[3]
    assert labels[4] == []


def test_differences_have_signs_and_words_besides_colours() -> None:
    article = news.article("Old title", standfirst="By rail.")
    browser = staff.sign_in()
    save(article, browser, title="New title")

    text = compare(browser, article, 1, 2).content.decode()

    sign = '<span class="diff-sign" aria-hidden="true">{}</span><span class="visually-hidden">[{}:] </span>'
    assert f"<del>{sign.format('−', 'removed')}Old</del> title" in text
    assert f"<ins>{sign.format('+', 'added')}New</ins> title" in text


@pytest.mark.parametrize(
    "query",
    [
        *("", "?old=1", "?old=1&new=99", "?old=x&new=1", "?old=-1&new=1", "?old=1&new=9999999999999999999"),
        *("?old=²&new=1", "?old=LIVE&new=1", "?old=1%0A&new=1"),
    ],
)
def test_invalid_choice_redirects_to_the_history(query: str) -> None:
    article = news.article(standfirst="S")
    revisions.record_outside_change(article)
    browser = staff.sign_in()

    answer = browser.get(admin_url(article, "compare") + query)

    assert (answer.status_code, answer["Location"]) == (302, admin_url(article, "history"))


XSS = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"


def test_stored_markup_is_never_shown_unescaped() -> None:
    article = news.article("Old", standfirst="S", body=f"<p>{XSS}</p>")
    revisions.record_outside_change(article)
    content = snapshots.serialize(article)
    # No form would accept this, but an import or the console may have stored it.
    content["fields"] |= {"title": XSS, "body": f'<p>{XSS}</p><p>x<a href="javascript:alert(1)">y</a></p>'}
    content["tags"]["tags"] = [XSS]
    content["parts"]["mentions"] = [{"pk": -5, "label": XSS, "person": 77, "organization": None, "order": 1}]
    user = staff.account("Editor", first_name=XSS[:150])
    revisions.record_revision(article, content, by=user, note=XSS)
    browser = staff.sign_in(user)

    texts = [
        browser.get(admin_url(article, "history")).content.decode(),
        *(compare(browser, article, *pair).content.decode() for pair in [(1, 2), (2, 1), (0, 2), ("live", 2)]),
    ]

    marks = ("<img src=x", "<script>alert", 'href="javascript', 'onerror=alert(1)>"')
    assert [mark for mark in marks for text in texts if mark in text] == []
    assert "&lt;img src=x" in texts[1]
