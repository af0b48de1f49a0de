"""Two people at one form: whoever saves second sees both texts, and nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from postportal.staff.models import Autosave
from services.models import StampIssue
from tests.factories import forms, news, pages, services, staff

pytestmark = pytest.mark.django_db


def form_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def send(browser: Client, row: Any, shown: dict[str, Any], **changes: Any) -> Any:
    return browser.post(form_of(row), {**shown, "_continue": "1", **changes}, follow=True)


def both(row: Any, *, theirs: dict[str, Any], mine: dict[str, Any], role: str = "Editor") -> tuple[Client, Any]:
    """Two open the form at the same time; the second one's browser and the page that answers its save."""
    first, second = staff.sign_in(role=role), staff.sign_in(role=role)
    theirs_shown, mine_shown = forms.fill_form(first, form_of(row)), forms.fill_form(second, form_of(row))
    send(first, row, theirs_shown, **theirs)
    return second, send(second, row, mine_shown, **mine)


def parts(page: Any) -> dict[str, str | None]:
    return {row.key: choice for row, choice in page.context["parts"]}


def choose(browser: Client, row: Any, page: Any, **chosen: str) -> Any:
    hidden = {"_mine": page.context["mine"], "_version": page.context["version"], "_form_key": page.context["form_key"]}
    choices = {f"choice:{key.replace('__', '.')}": whose for key, whose in chosen.items()}
    return browser.post(form_of(row), {**hidden, **choices}, follow=True)


def content(row: Any) -> dict[str, Any]:
    return revisions.current_content(type(row)._default_manager.get(pk=row.pk))


ITEMS = [
    lambda state: news.article("Old", state=state, standfirst="By rail."),
    lambda state: pages.page("Old", state=state),
    lambda state: services.stamp_issue(title="Old", state=state),
]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
@pytest.mark.parametrize("make", ITEMS, ids=["article", "page", "issue"])
def test_second_save_gets_both_texts_and_writes_nothing(make: Any, state: str) -> None:
    row = make(state)

    _, page = both(row, theirs={"title": "Theirs"}, mine={"title": "Mine"}, role="")

    assert (page.status_code, page.context["title"]) == (200, "Somebody else saved it meanwhile")
    assert parts(page) == {"fields.title": None}
    [(difference, _)] = page.context["parts"]
    assert [(piece.text, piece.is_old, piece.is_new) for piece in difference.pieces] == [
        ("Theirs", True, False),
        ("Mine", False, True),
    ]
    assert content(row)["fields"]["title"] == "Theirs"
    assert [revision.kind for revision in Revision.objects.of(row).newest_first()] == ["saved", "found"]


MENTION = ("mentions-TOTAL_FORMS", "mentions-0-order", "mentions-0-label", "mentions-0-article")


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_choice_is_made_field_by_field_and_saved_as_a_revision(state: str) -> None:
    article = news.article("Old", state=state, standfirst="By rail.", tags=["rail"])
    person, organization = news.person(), news.organization()
    mention = dict(zip(MENTION, (1, 1, "", article.pk), strict=True))
    theirs = {"title": "Theirs", "credit": "Wen", "tags": ["rail", "night"], **mention, "mentions-0-person": person.pk}
    mine = {"title": "Mine", "standfirst": "By air.", "tags": ["air"], **mention}
    mine["mentions-0-organization"] = organization.pk
    browser, page = both(article, theirs=theirs, mine=mine)
    assert parts(page) == {
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

    stored = content(article)
    fields = stored["fields"]
    name = "Theirs" if state == State.DRAFT else "Old"
    assert [str(message) for message in answer.context["messages"]] == [f"“{name}” is saved with what you chose."]
    assert (fields["title"], fields["standfirst"], fields["credit"]) == ("Theirs", "By air.", "Wen")
    assert stored["tags"] == {"tags": ["air"]}
    assert [row["organization"] for row in stored["parts"]["mentions"]] == [organization.pk]
    assert [revision.kind for revision in Revision.objects.of(article).newest_first()] == ["saved", "saved", "found"]
    assert Autosave.objects.count() == 0
    # What was chosen opens, is saved again and published like any other text.
    assert browser.get(form_of(article)).status_code == 200
    steps.perform("publish", article, by=staff.account("Editor"))
    article.refresh_from_db()
    assert (article.title, [row.organization for row in article.mentions.all()]) == ("Theirs", [organization])


def test_rows_that_the_first_deleted_do_not_stop_the_second() -> None:
    issue = services.stamp_issue(title="Old")
    stamp = services.stamp(issue, position=1)
    browser, page = both(
        issue,
        theirs={"stamps-0-DELETE": "on"},
        mine={"stamps-0-name": "Courier", "title": "Mine"},
        role="Philatelist",
    )

    assert parts(page) == {"fields.title": "mine", "parts.stamps": None}
    choose(browser, issue, page, fields__title="mine", parts__stamps="mine")

    assert [(row["pk"], row["name"]) for row in content(issue)["parts"]["stamps"]] == [(stamp.pk, "Courier")]


def test_choice_that_is_missing_is_asked_for_again() -> None:
    article = news.article("Old")
    browser, page = both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "standfirst": "By air."})

    again = choose(browser, article, page, fields__standfirst="theirs")

    assert again.context["faults"] == ["Choose for each part."]
    assert parts(again) == {"fields.title": None, "fields.standfirst": "theirs"}
    assert content(article)["fields"]["title"] == "Theirs"


def test_third_save_during_the_choice_is_told_again() -> None:
    article = news.article("Old")
    browser, page = both(article, theirs={"title": "Theirs"}, mine={"title": "Mine"})
    third = staff.sign_in(role="Editor")
    send(third, article, forms.fill_form(third, form_of(article)), title="Third")

    again = choose(browser, article, page, fields__title="mine")

    assert again.context["faults"] == ["It was saved once more meanwhile."]
    assert content(article)["fields"]["title"] == "Third"
    choose(browser, article, again, fields__title="mine")
    assert content(article)["fields"]["title"] == "Mine"


@pytest.mark.parametrize("said", [None, "", "99", "-1", "1.2.3", "one", "0", "0.5", "9" * 40])
def test_missing_or_forged_version_overwrites_nothing(said: str | None) -> None:
    article, first = news.article("Old"), staff.sign_in(role="Editor")
    send(first, article, forms.fill_form(first, form_of(article)), title="Theirs")
    browser = staff.sign_in(role="Editor")
    shown = {name: value for name, value in forms.fill_form(browser, form_of(article)).items() if name != "_version"}

    page = send(browser, article, shown, title="Mine", **({} if said is None else {"_version": said}))

    assert parts(page) in ({"fields.title": None}, {"fields.title": "mine"})
    assert content(article)["fields"]["title"] == "Theirs"


def test_change_by_the_console_is_noticed_too() -> None:
    article, browser = news.article("Old", state=State.DRAFT), staff.sign_in(role="Editor")
    shown = forms.fill_form(browser, form_of(article))
    Article.objects.get().save()
    changed = Article.objects.get()
    changed.title = "By the console"
    changed.save()

    page = send(browser, article, shown, title="Mine")

    assert list(parts(page)) == ["fields.title"]
    assert Article.objects.get().title == "By the console"


def test_form_that_is_at_fault_keeps_the_version_it_showed() -> None:
    article = news.article("Old")
    browser, page = both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "dateline_on": "never"})
    assert page.context["adminform"].form.errors == {"dateline_on": ["Enter a valid date."]}

    corrected = send(browser, article, forms.form_values(page), dateline_on="2021-12-08")

    assert parts(corrected) == {"fields.title": None}
    assert content(article)["fields"]["title"] == "Theirs"


def test_same_text_saved_twice_is_saved_once() -> None:
    article, organization = news.article("Old"), news.organization()
    changes = {
        "title": "New",
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-order": 1,
        "mentions-0-organization": organization.pk,
        "mentions-0-label": "",
    }

    _, page = both(article, theirs=changes, mine=changes)

    assert page.redirect_chain
    assert len(content(article)["parts"]["mentions"]) == 1
    assert Revision.objects.of(article).count() == 2


def test_choice_that_does_not_fit_together_is_explained() -> None:
    news.article("Other", slug="taken")
    article = news.article("Old", slug="first")
    browser, page = both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "slug": "second"})
    Article.objects.filter(slug="taken").update(slug="second")

    again = choose(browser, article, page, fields__title="mine", fields__slug="mine")

    assert again.status_code == 200
    assert content(article)["fields"]["slug"] == "first"


def test_format_alone_is_shown_as_markup() -> None:
    article = news.article("Old", body="<p>By rail</p>")

    _, page = both(article, theirs={"title": "Theirs"}, mine={"body": "<p>By <strong>rail</strong></p>"})

    [row] = [row for row, _ in page.context["parts"] if row.key == "fields.body"]
    assert (row.is_only_format, row.changed_by) == (True, "mine")
    assert "".join(piece.text for piece in row.pieces if piece.is_new) == "<p>By <strong>rail</strong></p>"


def test_page_shows_words_and_escapes_them() -> None:
    article = news.article("Old", body="<p>The slow train comes.</p>")
    written = "<p>The &lt;b&gt; train comes.</p>"

    _, page = both(article, theirs={"body": "<p>The fast train comes.</p>"}, mine={"body": written})

    html = page.content.decode()
    assert "<del>fast</del>" in html
    assert "<ins>&lt;b&gt;</ins>" in html


def test_second_text_is_kept_though_the_page_is_closed() -> None:
    article = news.article("Old")

    browser, page = both(article, theirs={"title": "Theirs"}, mine={"title": "Mine"})

    offers = browser.get(form_of(article)).context["unsaved"]["offers"]
    assert [offer["form_key"] for offer in offers] == [page.context["form_key"]]
    taken = forms.form_values(browser.get(form_of(article) + f"?_take={page.context['form_key']}"))
    assert taken["title"] == "Mine"
    assert parts(send(browser, article, {**taken, "tags": []})) == {"fields.title": None}


def test_save_after_delete_becomes_a_new_item() -> None:
    issue = services.stamp_issue(title="Old")
    services.stamp(issue, position=1)
    browser, key = staff.sign_in(role="Philatelist"), issue.pk
    shown = forms.fill_form(browser, form_of(issue))
    address = form_of(issue)
    StampIssue.objects.all().delete()

    page = browser.post(address, {**shown, "title": "Mine", "_continue": "1"}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Somebody deleted it meanwhile. What you typed is here: saved, it becomes a new one."
    ]
    taken = forms.form_values(page)
    assert (taken["title"], StampIssue.objects.count()) == ("Mine", 0)
    browser.post(reverse("admin:services_stampissue_add"), {**taken, "_continue": "1"})
    again = StampIssue.objects.get()
    assert (again.title, again.stamps.count(), again.pk != key) == ("Mine", 1, True)


def test_text_typed_into_what_was_scheduled_meanwhile_waits() -> None:
    article = news.article("Old", state=State.DRAFT, standfirst="By rail.")
    browser = staff.sign_in(role="Editor")
    shown = forms.fill_form(browser, form_of(article))
    revisions.get_or_start_edition(article, by=staff.account("Editor"))
    Edition.objects.update(stage="scheduled", due_at=news.LONG_AGO.replace(year=2200))

    page = send(browser, article, shown, title="Mine")

    assert [str(message) for message in page.context["messages"]] == [
        "“Old” cannot be changed at this stage. What you typed is kept: you find it here once it can."
    ]
    Edition.objects.update(stage="draft")
    assert len(browser.get(form_of(article)).context["unsaved"]["offers"]) == 1
    assert Article.objects.get().title == "Old"
