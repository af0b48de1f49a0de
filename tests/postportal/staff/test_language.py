"""The language of the staff pages, which each person chooses."""

import datetime as dt
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from postportal.search import index
from tests.factories import news, services, staff

pytestmark = pytest.mark.django_db
LANGUAGE_URL = "/admin/language/"
CHINESE_BROWSER = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}


def page_language(browser: Client, url: str = "/admin/", **headers: str) -> str:
    answer = browser.get(url, headers=headers)
    language = answer["Content-Language"]
    assert f'<html lang="{language.lower()}"' in answer.content.decode()
    return language


def test_staff_pages_follow_the_browser_until_a_language_is_chosen() -> None:
    browser = staff.sign_in(role="Editor")

    assert page_language(browser) == "en"
    assert page_language(browser, **CHINESE_BROWSER) == "zh-Hans"
    assert page_language(browser, **{"accept-language": "fr"}) == "en"

    browser.post(LANGUAGE_URL, {"language": "en", "next": "/admin/"})

    assert page_language(browser, **CHINESE_BROWSER) == "en"


def test_chosen_language_stays_on_the_staff_pages() -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(LANGUAGE_URL, {"language": "zh-hans", "next": "/admin/news/article/?q=mail"})

    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (answer.status_code, answer["Location"]) == (302, "/admin/news/article/?q=mail")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    assert page_language(browser, "/admin/news/article/") == "zh-Hans"
    # A cookie for the whole site would change nothing either.
    browser.cookies[settings.LANGUAGE_COOKIE_NAME]["path"] = "/"
    assert browser.get("/")["Content-Language"] == "en"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_choice_leads_to_no_other_site(url: str) -> None:
    answer = Client().post(LANGUAGE_URL, {"language": "zh-hans", "next": url})

    assert answer["Location"] == "/zh-hans/"


def test_every_staff_page_offers_the_other_languages() -> None:
    for browser, url in ((Client(), "/admin/login/"), (staff.sign_in(role="Editor"), "/admin/news/article/")):
        english = browser.get(url).content.decode()
        chinese = browser.get(url, headers=CHINESE_BROWSER).content.decode()

        assert '<button type="submit" name="language" value="zh-hans" lang="zh-hans">简体中文</button>' in english
        assert '<button type="submit" name="language" value="en" lang="en">English</button>' in chinese


def test_scripts_of_the_admin_speak_the_language_of_the_page() -> None:
    browser = staff.sign_in(role="Editor")

    script = browser.get("/admin/jsi18n/", headers=CHINESE_BROWSER).content.decode()
    catalogue = json.loads(re.search(r"newcatalog = ({.*?});", script, re.DOTALL)[1])  # type: ignore[index]

    assert catalogue["Add picture"] == "添加图片"


def test_index_does_not_depend_on_the_language_somebody_works_in(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with translation.override("zh-hans"), django_capture_on_commit_callbacks(execute=True):
        article = news.article("Night mail", dateline_on=dt.date(2026, 3, 1))
        news.mention(news.person("Zhou", name_zh="周梅"), article=article)
        services.hotline("Parcels", purpose_zh="包裹")
        services.stamp_issue("Rivers", title_zh="江河")

    differences = index.check()

    assert (differences.missing, differences.outdated, differences.gone) == ([], [], [])
