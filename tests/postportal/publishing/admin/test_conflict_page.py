from typing import Any

import pytest

from news.models import Article
from postportal.publishing.models import Revision, State
from postportal.publishing.workflow import steps
from postportal.staff.models import Autosave
from postportal.staff.permissions import change_url
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.admin.two_editors import choose, current_content, proposals, save_both, save_form

pytestmark = pytest.mark.django_db

ITEMS = [
    lambda state: news.article("Old", state=state, standfirst="By rail."),
    lambda state: pages.page("Old", state=state),
    lambda state: services.stamp_issue(title="Old", state=state),
]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
@pytest.mark.parametrize("make", ITEMS, ids=["article", "page", "issue"])
def test_second_save_shows_both_versions_and_writes_nothing(make: Any, state: str) -> None:
    row = make(state)

    _, page = save_both(row, theirs={"title": "Theirs"}, mine={"title": "Mine"}, role="")

    assert (page.status_code, page.context["title"]) == (200, "Someone else has saved a newer version")
    assert proposals(page) == {"fields.title": None}
    [(conflict, _)] = page.context["conflicting_parts"]
    assert [(span.text, span.is_old, span.is_new) for span in conflict.spans] == [
        ("Theirs", True, False),
        ("Mine", False, True),
    ]
    assert current_content(row)["fields"]["title"] == "Theirs"
    assert [revision.kind for revision in Revision.objects.of(row).newest_first()] == ["saved", "found"]


MENTION = ("mentions-TOTAL_FORMS", "mentions-0-order", "mentions-0-label", "mentions-0-article")


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_choices_are_made_field_by_field_and_saved_as_a_revision(state: str) -> None:
    article = news.article("Old", state=state, standfirst="By rail.", tags=["rail"])
    person, organization = news.person(), news.organization()
    mention = dict(zip(MENTION, (1, 1, "", article.pk), strict=True))
    theirs = {"title": "Theirs", "credit": "Wen", "tags": ["rail", "night"], **mention, "mentions-0-person": person.pk}
    mine = {"title": "Mine", "standfirst": "By air.", "tags": ["air"], **mention}
    mine["mentions-0-organization"] = organization.pk
    browser, page = save_both(article, theirs=theirs, mine=mine)
    assert proposals(page) == {
        "fields.title": None,
        "fields.standfirst": "mine",
        "fields.credit": "theirs",
        "tags.tags": None,
        "parts.mentions": None,
    }

    answer = choose(
        *(browser, article, page),
        fields__title="theirs",
        fields__standfirst="mine",
        fields__credit="theirs",
        tags__tags="mine",
        parts__mentions="mine",
    )

    stored = current_content(article)
    fields = stored["fields"]
    name = "Theirs" if state == State.DRAFT else "Old"
    assert [str(message) for message in answer.context["messages"]] == [f"“{name}” was saved with your choices."]
    assert (fields["title"], fields["standfirst"], fields["credit"]) == ("Theirs", "By air.", "Wen")
    assert stored["tags"] == {"tags": ["air"]}
    assert [row["organization"] for row in stored["parts"]["mentions"]] == [organization.pk]
    assert [revision.kind for revision in Revision.objects.of(article).newest_first()] == ["saved", "saved", "found"]
    assert Autosave.objects.count() == 0
    # The result can be opened and published like any other version.
    assert browser.get(change_url(article)).status_code == 200
    steps.perform("publish", article, by=staff.account("Editor"))
    article.refresh_from_db()
    assert (article.title, [row.organization for row in article.mentions.all()]) == ("Theirs", [organization])


def test_rows_deleted_by_the_first_editor_can_be_kept_by_the_second() -> None:
    issue = services.stamp_issue(title="Old")
    stamp = services.stamp(issue, position=1)
    browser, page = save_both(
        issue,
        theirs={"stamps-0-DELETE": "on"},
        mine={"stamps-0-name": "Courier", "title": "Mine"},
        role="Philatelist",
    )

    assert proposals(page) == {"fields.title": "mine", "parts.stamps": None}
    choose(browser, issue, page, fields__title="mine", parts__stamps="mine")

    assert [(row["pk"], row["name"]) for row in current_content(issue)["parts"]["stamps"]] == [(stamp.pk, "Courier")]


def test_missing_choice_is_asked_for_again() -> None:
    article = news.article("Old")
    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "standfirst": "By air."})

    again = choose(browser, article, page, fields__standfirst="theirs")

    assert again.context["errors"] == ["Choose a version for each part."]
    assert proposals(again) == {"fields.title": None, "fields.standfirst": "theirs"}
    assert current_content(article)["fields"]["title"] == "Theirs"


def test_third_save_while_choosing_shows_the_page_again() -> None:
    article = news.article("Old")
    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine"})
    third = staff.sign_in(role="Editor")
    save_form(third, article, forms.fill_form(third, change_url(article)), title="Third")

    again = choose(browser, article, page, fields__title="mine")

    assert again.context["errors"] == ["The item was saved again while you were choosing."]
    assert current_content(article)["fields"]["title"] == "Third"
    choose(browser, article, again, fields__title="mine")
    assert current_content(article)["fields"]["title"] == "Mine"


def test_same_content_saved_twice_is_one_revision() -> None:
    article, organization = news.article("Old"), news.organization()
    changes = {
        "title": "New",
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-order": 1,
        "mentions-0-organization": organization.pk,
        "mentions-0-label": "",
    }

    _, page = save_both(article, theirs=changes, mine=changes)

    assert page.redirect_chain
    assert len(current_content(article)["parts"]["mentions"]) == 1
    assert Revision.objects.of(article).count() == 2


def test_choices_that_cannot_be_combined_are_explained() -> None:
    news.article("Other", slug="taken")
    article = news.article("Old", slug="first")
    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "slug": "second"})
    Article.objects.filter(slug="taken").update(slug="second")

    again = choose(browser, article, page, fields__title="mine", fields__slug="mine")

    assert again.status_code == 200
    assert current_content(article)["fields"]["slug"] == "first"


def test_difference_of_format_alone_is_shown_as_html() -> None:
    article = news.article("Old", body="<p>By rail</p>")

    _, page = save_both(article, theirs={"title": "Theirs"}, mine={"body": "<p>By <strong>rail</strong></p>"})

    [row] = [row for row, _ in page.context["conflicting_parts"] if row.key == "fields.body"]
    assert (row.is_only_format, row.changed_by) == (True, "mine")
    assert "".join(span.text for span in row.spans if span.is_new) == "<p>By <strong>rail</strong></p>"


def test_page_shows_words_and_escapes_them() -> None:
    article = news.article("Old", body="<p>The slow train comes.</p>")
    written = "<p>The &lt;b&gt; train comes.</p>"

    _, page = save_both(article, theirs={"body": "<p>The fast train comes.</p>"}, mine={"body": written})

    html = page.content.decode()
    assert "<del>fast</del>" in html
    assert "<ins>&lt;b&gt;</ins>" in html


def test_second_version_is_autosaved_when_the_page_is_closed() -> None:
    article = news.article("Old")

    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine"})

    offers = browser.get(change_url(article)).context["autosave"]["offers"]
    assert [offer["form_key"] for offer in offers] == [page.context["form_key"]]
    restored = forms.form_values(browser.get(change_url(article) + f"?_take={page.context['form_key']}"))
    assert restored["title"] == "Mine"
    assert proposals(save_form(browser, article, {**restored, "tags": []})) == {"fields.title": None}


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_choosing_says_once_what_cleaning_left_out(state: str) -> None:
    article = news.article("Old", state=state, standfirst="By rail.")
    body = "<p>a</p><video></video>"
    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "body": body})
    shown = [str(message) for message in page.context["messages"]]

    answer = choose(browser, article, page, fields__title="mine", fields__body="mine")

    assert (shown, str(next(iter(answer.context["messages"])))) == ([], "Left out: 1 video.")
    assert current_content(article)["fields"]["body"] == "<p>a</p>"


def test_choosing_the_other_text_says_nothing_of_what_was_left_out_of_mine() -> None:
    article = news.article("Old", standfirst="By rail.")
    mine = {"body": "<p>a</p><video></video>"}
    browser, page = save_both(article, theirs={"body": "<p>b</p>"}, mine=mine)

    answer = choose(browser, article, page, fields__body="theirs")

    assert "Left out" not in " ".join(str(message) for message in answer.context["messages"])
