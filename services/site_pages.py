"""The lists of services, hotlines and stamps that the search finds."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.search.site_pages import PageDescription, register_page, register_pages
from services.models import StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.stamp_lists import MAKERS, TECHNIQUES, THEMES, description_of, title_of

_title_of, _description_of = lazy(title_of, str), lazy(description_of, str)

register_page(
    "services:hotlines",
    _("Hotlines"),
    lead=_("Telephone numbers for callers in the country and abroad, with opening hours, languages and costs."),
    names=(
        "hotline",
        "all hotlines",
        "call us",
        "tel",
        "phone",
        "phones",
        "phone number",
        "phone numbers",
        "telephone",
        "telephone number",
        "telephone numbers",
        "helpline",
        "customer service",
        "customer service telephone",
        "opening hours",
        "opening times",
        "热线",
        "热线电话",
        "电话",
        "电话号码",
        "客服",
        "客服电话",
        "联系电话",
        "营业时间",
        "服务时间",
    ),
)
register_page(
    "services:hotline_numbers",
    _("All hotline numbers"),
    lead=_("The numbers of all hotlines on one page to print, with opening hours, languages and costs."),
    names=("list of hotlines", "list of telephone numbers", "print telephone numbers", "热线一览", "电话号码一览"),
)
register_page(
    "services:notices",
    _("Service notices"),
    lead=_("Current and past disruptions: which services, where, how long, and which number to call instead."),
    names=("notices", "disruptions", "delays", "service disruptions", "past notices", "服务通知", "服务公告", "延误"),
)
register_page(
    "services:services",
    _("Services"),
    lead=_("Postal services, who runs them and which number to call."),
    names=("service", "all services", "postal services", "our services", "全部服务", "邮政服务", "业务"),
)
register_page(
    "services:stamps",
    _("Stamp programme"),
    lead=_("Stamp issues by year: dates of issue, sets, prices and where to buy. Available as Atom and RSS feeds."),
    names=(
        "stamps",
        "stamp",
        "all stamps",
        "stamp issues",
        "new stamps",
        "next stamps",
        "next stamp issue",
        "upcoming stamps",
        "philately",
        "stamp calendar",
        "issue programme",
        "邮票",
        "集邮",
        "新邮",
        "新邮票",
        "邮票目录",
        "发行计划",
    ),
)
register_page(
    "services:stamp_makers",
    _title_of(MAKERS),
    lead=_description_of(MAKERS),
    names=("stamp designers", "stamp engravers", "stamp printers", "邮票设计者", "邮票雕刻者", "邮票印刷厂"),
)
register_page(
    "services:stamp_themes",
    _title_of(THEMES),
    lead=_description_of(THEMES),
    names=("stamp themes", "stamp topics", "邮票题材", "邮票主题"),
)
register_page(
    "services:stamp_techniques",
    _title_of(TECHNIQUES),
    lead=_description_of(TECHNIQUES),
    names=("printing techniques", "stamp printing", "印刷工艺", "印制版别"),
)


def _programme_pages() -> Iterator[PageDescription]:
    years = StampIssue.objects.filter(year__isnull=False).order_by("year").values_list("year", flat=True).distinct()
    for year in years:
        yield PageDescription(
            title=gettext("Stamp programme %(year)s") % {"year": year},
            lead=gettext("Stamp issues of %(year)s: dates of issue, sets, prices and where to buy.") % {"year": year},
            names=(
                *(f"stamps {year}", f"{year} stamps", f"stamps of {year}", f"stamp issues {year}"),
                *(f"邮票 {year}", f"{year}邮票", f"{year}年邮票", f"{year}年邮票发行计划"),
            ),
            arguments=(year,),
            number=year,
        )


def _issues_of_year(at: dt.datetime) -> StampIssueQuerySet:
    return StampIssue.objects.published(at).filter(year=OuterRef("number"))


register_pages("services:stamp_year", _programme_pages, needs=_issues_of_year, models=["services.stampissue"])
