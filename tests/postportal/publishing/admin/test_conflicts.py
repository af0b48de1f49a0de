import pytest
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition, State
from postportal.publishing.versions import revisions
from postportal.staff.permissions import change_url
from services.models import StampIssue
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.admin.two_editors import current_content, proposals, save_both, save_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("token", [None, "", "99", "-1", "1.2.3", "one", "0", "0.5", "9" * 40])
def test_missing_or_forged_version_overwrites_nothing(token: str | None) -> None:
    article, first = news.article("Old"), staff.sign_in(role="Editor")
    save_form(first, article, forms.fill_form(first, change_url(article)), title="Theirs")
    browser = staff.sign_in(role="Editor")
    shown = {name: value for name, value in forms.fill_form(browser, change_url(article)).items() if name != "_version"}

    page = save_form(browser, article, shown, title="Mine", **({} if token is None else {"_version": token}))

    assert proposals(page) in ({"fields.title": None}, {"fields.title": "mine"})
    assert current_content(article)["fields"]["title"] == "Theirs"


def test_change_without_a_form_is_noticed() -> None:
    article, browser = news.article("Old", state=State.DRAFT), staff.sign_in(role="Editor")
    shown = forms.fill_form(browser, change_url(article))
    Article.objects.get().save()
    changed = Article.objects.get()
    changed.title = "By the console"
    changed.save()

    page = save_form(browser, article, shown, title="Mine")

    assert list(proposals(page)) == ["fields.title"]
    assert Article.objects.get().title == "By the console"


def test_form_that_is_not_valid_keeps_the_version_it_showed() -> None:
    article = news.article("Old")
    browser, page = save_both(article, theirs={"title": "Theirs"}, mine={"title": "Mine", "dateline_on": "never"})
    assert page.context["adminform"].form.errors == {"dateline_on": ["Enter a valid date."]}

    corrected = save_form(browser, article, forms.form_values(page), dateline_on="2021-12-08")

    assert proposals(corrected) == {"fields.title": None}
    assert current_content(article)["fields"]["title"] == "Theirs"


def test_save_after_deletion_becomes_a_new_item() -> None:
    issue = services.stamp_issue(title="Old")
    services.stamp(issue, position=1)
    browser, key = staff.sign_in(role="Philatelist"), issue.pk
    shown = forms.fill_form(browser, change_url(issue))
    address = change_url(issue)
    StampIssue.objects.all().delete()

    page = browser.post(address, {**shown, "title": "Mine", "_continue": "1"}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Someone deleted this item. Your text is still here. If you save it, a new item is created."
    ]
    restored = forms.form_values(page)
    assert (restored["title"], StampIssue.objects.count()) == ("Mine", 0)
    browser.post(reverse("admin:services_stampissue_add"), {**restored, "_continue": "1"})
    again = StampIssue.objects.get()
    assert (again.title, again.stamps.count(), again.pk != key) == ("Mine", 1, True)


def test_text_of_an_item_that_was_scheduled_meanwhile_is_autosaved() -> None:
    article = news.article("Old", state=State.DRAFT, standfirst="By rail.")
    browser = staff.sign_in(role="Editor")
    shown = forms.fill_form(browser, change_url(article))
    revisions.get_or_start_edition(article, by=staff.account("Editor"))
    Edition.objects.update(stage="scheduled", due_at=news.LONG_AGO.replace(year=2200))

    page = save_form(browser, article, shown, title="Mine")

    assert [str(message) for message in page.context["messages"]] == [
        "“Old” cannot be changed at this stage. Your text is stored and offered here once it can be."
    ]
    Edition.objects.update(stage="draft")
    assert len(browser.get(change_url(article)).context["autosave"]["offers"]) == 1
    assert Article.objects.get().title == "Old"
