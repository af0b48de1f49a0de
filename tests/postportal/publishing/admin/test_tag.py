import pytest
from taggit.models import Tag

from postportal.tags.models import TagSpelling
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
CHANGELIST = "/admin/taggit/tag/"


def test_action_asks_which_tag_to_keep_and_merges() -> None:
    news.article(tags=["Rail", "Railway"])
    news.article(tags=["Rail"])
    browser = staff.sign_in()
    selection = {"action": "merge_selected", "_selected_action": list(Tag.objects.values_list("pk", flat=True))}

    page = browser.post(CHANGELIST, selection)
    text = page.content.decode()
    kept = Tag.objects.get(name="Rail").pk
    done = browser.post(CHANGELIST, {**selection, "kept": kept}, follow=True).content.decode()

    assert "2 items have one or more of these tags." in text
    assert page.context["form"]["kept"].initial == kept
    assert "The tags were merged into “Rail”, which 2 items now have." in done
    assert list(Tag.objects.values_list("name", flat=True)) == ["Rail"]


def test_one_tag_is_not_merged() -> None:
    tag = Tag.objects.create(name="Rail")

    response = staff.sign_in().post(CHANGELIST, {"action": "merge_selected", "_selected_action": [tag.pk]}, follow=True)

    assert "Select at least two tags to merge." in response.content.decode()


def test_tag_to_keep_must_be_one_of_the_selected() -> None:
    tags = [Tag.objects.create(name=name).pk for name in ("Rail", "Railway", "Night")]

    response = staff.sign_in().post(
        CHANGELIST, {"action": "merge_selected", "_selected_action": tags[:2], "kept": tags[2]}
    )

    assert response.status_code == 200
    assert Tag.objects.count() == 3


def test_list_finds_tags_however_they_are_typed() -> None:
    Tag.objects.create(name="Łódź")
    Tag.objects.create(name="Night")

    rows = staff.sign_in().get(CHANGELIST, {"q": "lodz"}).context["cl"].result_list

    assert [row.name for row in rows] == ["Łódź"]


def test_form_lists_merged_tags_and_lets_them_go() -> None:
    tag = Tag.objects.create(name="Rail")
    url = f"{CHANGELIST}{tag.pk}/change/"
    browser = staff.sign_in()
    assert "railway" not in browser.get(url).content.decode()

    TagSpelling.objects.create(tag=tag, folded="railway")
    assert "railway" in browser.get(url).content.decode()
    response = browser.post(url, forms.fill_form(browser, url, **{"spellings-0-DELETE": "on"}))

    assert response.status_code == 302
    assert list(TagSpelling.objects.values_list("folded", flat=True)) == ["rail"]


def test_list_says_how_often_tags_are_used_and_sorts_by_it() -> None:
    Tag.objects.create(name="Night")
    news.article(tags=["Rail", "Sea"])
    news.article(tags=["Rail"])
    browser = staff.sign_in()

    rows = browser.get(CHANGELIST, {"o": "-3"}).context["cl"].result_list
    exported = browser.post(f"{CHANGELIST}export-list/csv/").getvalue().decode()

    assert [(row.name, row.uses) for row in rows] == [("Rail", 2), ("Sea", 1), ("Night", 0)]
    assert sorted(line.replace('"', "").split(",")[1:] for line in exported.splitlines()[1:]) == [
        ["Night", "night", "0"],
        ["Rail", "rail", "2"],
        ["Sea", "sea", "1"],
    ]
