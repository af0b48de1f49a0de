"""Questions of readers, each with the URL of its right first answer in the demo content."""

import pytest
from django.utils import timezone, translation

from postportal.search import index
from postportal.search.query import parse
from postportal.search.results import search

pytestmark = pytest.mark.usefixtures("demo")

HOTLINES, CONTACT, STAMPS, NEWS = "/services/hotlines/", "/contact/", "/stamps/", "/news/"
SUMMIT = "/news/2021/12/08/fourth-postal-summit/"

ENGLISH = {
    # The site's own pages.
    "contact": CONTACT,
    "contact us": CONTACT,
    "contact form": CONTACT,
    "complaint": CONTACT,
    "how do I complain": CONTACT,
    "make a complaint": CONTACT,
    "email": CONTACT,
    "hotline": HOTLINES,
    "hotlines": HOTLINES,
    "all hotlines": HOTLINES,
    "phone number": HOTLINES,
    "call us": HOTLINES,
    "opening hours": HOTLINES,
    "customer service": HOTLINES,
    "customer service telephone": HOTLINES,
    "tel": HOTLINES,
    "services": "/services/",
    "people": "/people/",
    "organizations": "/organizations/",
    "organisations": "/organizations/",
    "news": NEWS,
    "latest news": NEWS,
    "rss": NEWS,
    "atom feed": NEWS,
    "stamps": STAMPS,
    "stamp programme": STAMPS,
    "next stamps": STAMPS,
    "when is the next stamp issue": STAMPS,
    "stamps 2027": "/stamps/2027/",
    "2026 stamps": "/stamps/2026/",
    "stamps of 2017": "/stamps/2017/",
    "stamp programme 2018": "/stamps/2018/",
    "sitemap": "/sitemap/",
    "search help": "/search/",
    "home page": "/",
    "postman story": "/news/section/postman-story/",
    "privacy": "/terms/",
    "accessibility": "/accessibility/",
    "about": "/about/",
    "world post day": "/world-post-day/",
    # Hotlines.
    "lost card": f"{HOTLINES}#specimen-lost-cards",
    "lost card hotline": f"{HOTLINES}#specimen-lost-cards",
    "stolen card": f"{HOTLINES}#specimen-lost-cards",
    "11183": f"{HOTLINES}#logistics-and-ems",
    "EMS hotline": f"{HOTLINES}#logistics-and-ems",
    "postal savings phone number": f"{HOTLINES}#postal-savings",
    "track parcel": f"{HOTLINES}#logistics-and-ems",
    "night mail phone": f"{HOTLINES}#specimen-night-mail",
    # Stamps.
    "wild geese": "/stamps/wild-geese/",
    "wild geese stamp": "/stamps/wild-geese/",
    "dragon boat": "/stamps/dragon-boat-joint-issue/",
    "2026-7": "/stamps/2026-7/",
    "hong kong return stamp": "/stamps/2017-16/",
    "rhododendron stamps 2027": "/stamps/wild-rhododendrons/",
    "year of the horse stamp": "/stamps/2026-6/",
    # People and organizations.
    "liu aili": "/people/liu-aili/",
    "ma junsheng": "/people/ma-junsheng/",
    "刘爱力": "/people/liu-aili/",
    "UPU": "/organizations/universal-postal-union/",
    "state post bureau": "/organizations/state-post-bureau/",
    "hongkong post": "/organizations/hongkong-post/",
    "beijing stamp printing house": "/organizations/beijing-stamp-printing-house/",
    "australia post": "/organizations/australia-post/",
    # News.
    "summit": SUMMIT,
    "postal summit 2021": SUMMIT,
    "news summit": SUMMIT,
    "fortune global 500": "/news/2020/08/10/china-post-enters-first-hundred-of-fortune-global-500/",
    "hulunbuir postmark": "/news/2019/02/27/hulunbuir-postmark-counts-down-to-winter-games/",
    "electric vans": "/news/2017/03/14/electric-vans-on-half-of-city-rounds/",
}
CHINESE = {
    "热线": HOTLINES,
    "服务热线": HOTLINES,
    "电话": HOTLINES,
    "联系我们": CONTACT,
    "投诉": CONTACT,
    "邮票": STAMPS,
    "邮票发行计划": STAMPS,
    "邮票 2027": "/stamps/2027/",
    "2027年邮票": "/stamps/2027/",
    "2026 stamps": "/stamps/2026/",
    "新闻": NEWS,
    "人物": "/people/",
    "机构": "/organizations/",
    "网站地图": "/sitemap/",
    "搜索帮助": "/search/",
    "首页": "/",
    "contact": CONTACT,
    "hotline": HOTLINES,
    "rss": NEWS,
    "挂失": f"{HOTLINES}#specimen-lost-cards",
    "挂失热线": f"{HOTLINES}#specimen-lost-cards",
    "银行卡挂失电话": f"{HOTLINES}#specimen-lost-cards",
    "大雁邮票": "/stamps/wild-geese/",
    "龙舟": "/stamps/dragon-boat-joint-issue/",
    "刘爱力": "/people/liu-aili/",
    "liu aili": "/people/liu-aili/",
    "国家邮政局": "/organizations/state-post-bureau/",
    "萬國郵政聯盟": "/organizations/universal-postal-union/",
    "高峰会": SUMMIT,
    "2021年高峰会": SUMMIT,
    "EMS 热线": f"{HOTLINES}#logistics-and-ems",
}


def first_answer(question: str, *, language: str) -> str:
    # Now: people and hotlines are public from the moment they are loaded.
    with translation.override(language):
        hits = search(parse(question), at=timezone.now(), language=language)[0:1]
        return hits[0].url if hits else ""


def test_every_question_has_its_right_first_answer() -> None:
    for _ in index.rebuild():
        pass
    english = {question: first_answer(question, language="en") for question in ENGLISH}
    chinese = {question: first_answer(question, language="zh-hans") for question in CHINESE}

    assert english == ENGLISH
    assert chinese == {question: f"/zh-hans{url}" for question, url in CHINESE.items()}
