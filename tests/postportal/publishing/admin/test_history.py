"""Who changed what, when and why; and which versions differ how."""

from typing import Any

import pytest

from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import news, pages, staff
from tests.postportal.publishing.revision_pages import IDS, ITEMS, address, compare, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_history_says_who_saved_what_when_and_why(make: Any) -> None:
    row = make(state=State.DRAFT)
    user = staff.account(is_superuser=True, first_name="Wen", last_name="Li")
    browser = staff.sign_in(user)
    save(row, browser, title="New", save_note="  The name\n was wrong. ")

    page = browser.get(address(row, "history"))

    found = [(e.revision.number, e.revision.kind, e.who, e.revision.note) for e in page.context["happened"]]
    assert found == [(2, "saved", "Wen Li", "The name was wrong."), (1, "found", "", "")]
    text = page.content.decode()
    assert ("Version 2" in text, "The name was wrong." in text, "Edition 1: Draft" in text) == (True, True, True)


def test_history_tells_the_steps_of_the_work_between_the_versions() -> None:
    article = news.article("Old", standfirst="By rail.")
    writer, editor = staff.account("Editor"), staff.account("Editor", first_name="Wen", last_name="Li")
    save(article, staff.sign_in(writer), title="New")
    steps.perform("submit", article, by=writer)
    steps.perform("return", article, by=editor, reason="Whose figures?")
    steps.perform("publish", article, by=editor)

    page = staff.sign_in(writer).get(address(article, "history"))

    found = [e.step.action if e.step else e.revision.number for e in page.context["happened"]]
    assert found == ["publish", "return", "submit", 2, 1]
    [returned] = [e for e in page.context["happened"] if e.step and e.step.action == "return"]
    assert (returned.who, returned.step.detail) == ("Wen Li", "Whose figures?")
    assert "Whose figures?" in page.content.decode()


def test_history_is_of_this_item_alone() -> None:
    article, other = news.article("Old", standfirst="S"), pages.page("Other", pk=1_000_000)
    twin = news.article("Twin", standfirst="S")
    browser = staff.sign_in()
    for row in (article, other, twin):
        save(row, browser, title="New")
        steps.perform("publish", row, by=staff.account("Publisher"))

    page = browser.get(address(article, "history"))

    assert {e.revision.object_id for e in page.context["happened"] if e.revision} == {article.pk}
    assert {e.step.item_key for e in page.context["happened"] if e.step} == {str(article.pk)}


def test_history_costs_the_same_for_one_save_and_for_many(django_assert_num_queries: Any) -> None:
    browser = staff.sign_in()
    counts = []
    for changes in (1, 4):
        article = news.article(standfirst="S")
        for number in range(changes):
            save(article, browser, title=f"Title {number}")
            steps.perform("publish", article, by=staff.account("Publisher"))
        browser.get(address(article, "history"))
        with django_assert_num_queries(10) as found:
            browser.get(address(article, "history"))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_long_history_is_paged() -> None:
    article = news.article("Old", standfirst="S")
    user = staff.account("Editor")
    for number in range(60):
        revisions.record_revision(article, {**snapshots.serialize(article), "fields": {"title": f"{number}"}}, by=user)
    browser = staff.sign_in(user)

    first, second = (browser.get(address(article, "history"), {"page": page}) for page in ("", "2"))

    assert [len(page.context["happened"]) for page in (first, second)] == [50, 10]
    assert [browser.get(address(article, "history"), {"page": page}).status_code for page in ("x", "-1", "3")] == [
        *(200, 200, 404)
    ]


def test_item_nobody_has_saved_has_an_empty_history() -> None:
    page = staff.sign_in().get(address(news.article(), "history"))

    assert "Nobody has changed it here since it came in." in page.content.decode()


def test_note_of_any_kind_is_one_short_line() -> None:
    article = news.article("Old", standfirst="S")

    save(article, staff.sign_in(), title="New", save_note="a\x00b\r\n" + "long " * 100)

    note = Revision.objects.of(article).newest_first().first().note  # type: ignore[union-attr]
    assert (note[:9], len(note)) == ("a b long ", 300)


def test_form_leads_to_what_changed_in_two_steps_and_back_in_three() -> None:
    article = news.article("Old", standfirst="By rail.")
    browser = staff.sign_in()
    save(article, browser, title="New")

    form = browser.get(address(article, "change")).content.decode()
    history = browser.get(address(article, "history")).content.decode()
    what_changed = browser.get(f"{address(article, 'compare')}?old=1&new=2").content.decode()

    assert f'href="{address(article, "history")}"' in form
    assert f'href="{address(article, "compare")}?old=1&amp;new=2"' in history
    assert f'action="{address(article, "restore", 1)}"' in what_changed
    assert f'href="{address(article, "compare")}?old=live&amp;new=2"' in form


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_any_two_versions_and_the_live_text_are_compared(make: Any) -> None:
    row = make()
    browser = staff.sign_in()
    save(row, browser, title="New")

    pairs = [(1, 2), ("live", 2), (2, "live"), (0, 1), (2, 2)]
    labels = [[part.label for part in compare(browser, row, *pair).context["differences"]] for pair in pairs]

    assert labels[:3] == [["Title"]] * 3
    assert "Title" in labels[3]
    assert labels[4] == []


def test_differences_carry_signs_and_words_not_colour_alone() -> None:
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
def test_odd_choice_leads_back_to_the_history(query: str) -> None:
    article = news.article(standfirst="S")
    revisions.record_outside_change(article)
    browser = staff.sign_in()

    answer = browser.get(address(article, "compare") + query)

    assert (answer.status_code, answer["Location"]) == (302, address(article, "history"))


XSS = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"


def test_stored_markup_is_never_shown_unescaped() -> None:
    """Wagtail drew differences of stored HTML as HTML once."""
    article = news.article("Old", standfirst="S", body=f"<p>{XSS}</p>")
    revisions.record_outside_change(article)
    content = snapshots.serialize(article)
    # As no form of ours would let it pass: what an import or a hand in the database left behind.
    content["fields"] |= {"title": XSS, "body": f'<p>{XSS}</p><p>x<a href="javascript:alert(1)">y</a></p>'}
    content["tags"]["tags"] = [XSS]
    content["parts"]["mentions"] = [{"pk": -5, "label": XSS, "person": 77, "organization": None, "order": 1}]
    user = staff.account("Editor", first_name=XSS[:150])
    revisions.record_revision(article, content, by=user, note=XSS)
    browser = staff.sign_in(user)

    texts = [
        browser.get(address(article, "history")).content.decode(),
        *(compare(browser, article, *pair).content.decode() for pair in [(1, 2), (2, 1), (0, 2), ("live", 2)]),
    ]

    marks = ("<img src=x", "<script>alert", 'href="javascript', 'onerror=alert(1)>"')
    assert [mark for mark in marks for text in texts if mark in text] == []
    assert "&lt;img src=x" in texts[1]
