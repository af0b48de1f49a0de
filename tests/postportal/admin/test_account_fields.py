"""Fields of other apps in the form of an account: the sections to which it is limited."""

import pytest
from django.contrib.auth.models import Permission

from news.models import Section, SectionRight
from postportal.audit.models import Entry
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def test_administrators_limit_an_account_in_its_form() -> None:
    messages, stories = news.section("Messages"), news.section("Stories")
    editor, administrator = staff.account("Editor"), staff.sign_in(role="Administrator")
    url = f"/admin/auth/user/{editor.pk}/change/"

    administrator.post(url, forms.fill_form(administrator, url, sections=[messages.pk, stories.pk]))
    assert set(SectionRight.objects.filter(user=editor).values_list("section__name", flat=True)) == {
        "Messages",
        "Stories",
    }
    administrator.post(url, forms.fill_form(administrator, url, sections=[stories.pk]))

    assert list(SectionRight.objects.values_list("section__name", flat=True)) == ["Stories"]
    # Not deleted: the account would be without limits.
    staff.sign_in().post(f"/admin/news/section/{stories.pk}/delete/", forms.delete_confirmation(stories), follow=True)
    assert Section.objects.filter(pk=stories.pk).exists()
    assert Entry.objects.filter(detail="sections: Stories").count() == 1


def test_who_gives_no_roles_sets_no_limits() -> None:
    section, editor = news.section("Messages"), staff.account("Editor")
    manager = staff.account()
    codenames = ("view_user", "change_user")
    manager.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    SectionRight.objects.create(user=editor, section=section)
    browser, url = staff.sign_in(manager), f"/admin/auth/user/{editor.pk}/change/"

    answer = browser.post(url, {"username": editor.username, "sections": []})

    assert answer.status_code in (200, 302, 403)
    assert SectionRight.objects.filter(user=editor).count() == 1
    # Their own are as much out of reach.
    own = f"/admin/auth/user/{manager.pk}/change/"
    assert "sections" not in browser.get(own).context["adminform"].form.fields
