"""Every kind of public page, each with an example from the demo."""

from typing import NamedTuple


class Page(NamedTuple):
    name: str
    path: str
    status: int = 200


PAGES = [
    Page("home", "/"),
    Page("home", "/zh-hans/"),
    Page("news:articles", "/news/"),
    Page("news:articles", "/news/?page=2"),
    Page("news:articles", "/news/?page=999", 404),
    Page("news:articles", "/zh-hans/news/"),
    Page("news:year", "/news/2021/"),
    Page("news:month", "/news/2021/12/"),
    Page("news:day", "/news/2021/12/08/"),
    Page("news:section", "/news/section/news/"),
    Page("news:source", "/news/source/china-post/"),
    Page("news:tag", "/news/tag/postal-summit/"),
    Page("news:article", "/news/2021/12/08/fourth-postal-summit/"),
    Page("news:article", "/news/2026/03/20/night-mail-returns-to-the-mountain-line/"),
    Page("news:article", "/zh-hans/news/2021/12/08/fourth-postal-summit/"),
    Page("news:article", "/news/2015/11/30/withdrawn-timetable/", 410),
    Page("news:people", "/people/"),
    Page("news:people", "/zh-hans/people/"),
    Page("news:person", "/people/bishar-hussein/"),
    Page("news:person", "/people/zhou-mei/"),
    Page("news:person_news", "/people/zhou-mei/news/"),
    Page("news:person", "/zh-hans/people/liu-aili/"),
    Page("news:organizations", "/organizations/"),
    Page("news:organization", "/organizations/universal-postal-union/"),
    Page("news:organization", "/organizations/china-post-group-corporation-limited/"),
    Page("news:organization_news", "/organizations/universal-postal-union/news/"),
    Page("services:services", "/services/"),
    Page("services:hotlines", "/services/hotlines/"),
    Page("services:hotlines", "/zh-hans/services/hotlines/"),
    Page("services:stamps", "/stamps/"),
    Page("services:stamp_year", "/stamps/2026/"),
    Page("services:stamp_year", "/stamps/2017/"),
    Page("services:stamp_year", "/zh-hans/stamps/2026/"),
    Page("services:stamp_year_unknown", "/stamps/year-not-known/"),
    Page("services:stamp_makers", "/stamps/makers/"),
    Page("services:stamp_checklist", "/stamps/2026/checklist/"),
    Page("services:stamp_issue", "/stamps/2026-7/"),
    Page("services:stamp_issue", "/stamps/2016-4/"),
    Page("services:stamp_issue", "/stamps/gengyin-year/"),
    Page("services:stamp", "/stamps/2026-7/1/"),
    Page("search", "/search/"),
    Page("search", "/search/?q=postal"),
    Page("search", "/search/?q=postal&section=news&type=article"),
    Page("search", "/search/?q=nothing-has-this-word"),
    Page("search", "/zh-hans/search/?q=%E9%82%AE%E6%94%BF"),
    Page("pages:page", "/about/"),
    Page("pages:page", "/zh-hans/about/"),
    Page("pages:sitemap", "/sitemap/"),
    Page("contact:form", "/contact/"),
    Page("contact:form", "/zh-hans/contact/"),
    Page("contact:sent", "/contact/sent/"),
    Page("api", "/api/"),
    Page("preview", "/preview/that-has-ended/", 410),
    Page("not found", "/no-such-page/", 404),
    Page("not found", "/zh-hans/no-such-page/", 404),
]
# URLs whose responses are not HTML pages.
NOT_HTML_PAGES = {
    "search_atom",
    "search_csv",
    "search_suggestions",
    *(
        "admin",
        "as_of",
        "staff_language",
        "media/<path:path>",
        "healthz",
        "livez",
        "metrics",
        *("services:stamp_calendar", "services:stamp_year_calendar", "services:stamp_issue_calendar"),
        "robots_txt",
        "security_txt",
        "colours_css",
        "api_not_found",
        "media",
        "preview_picture",
        "favicon",
        "sitemap_index",
        "sitemap_section",
    ),
}

ADMIN_LISTS = [
    "/admin/news/article/",
    "/admin/news/person/",
    "/admin/news/organization/",
    "/admin/services/stampissue/",
    "/admin/services/hotline/",
    "/admin/images/image/",
    "/admin/pages/page/",
    "/admin/audit/entry/",
]
