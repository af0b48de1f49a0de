"""The lists of news, sections, people and organizations that the search finds."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from news.models import Article, Section
from news.models.article import ArticleQuerySet
from postportal.search.site_pages import PageDescription, register_page, register_pages
from postportal.web.languages import localized_text

register_page(
    "news:articles",
    _("News"),
    lead=_("All news, newest first, by section and year. Available as Atom and RSS feeds."),
    names=(
        "all news",
        "latest news",
        "news archive",
        "press releases",
        "rss",
        "rss feed",
        "atom",
        "atom feed",
        "news feed",
        "feeds",
        "subscribe",
        "最新消息",
        "全部新闻",
        "新闻报道",
        "新闻订阅",
        "订阅",
    ),
)
register_page(
    "news:people",
    _("People"),
    lead=_("People in the news, with their positions."),
    names=("person", "persons", "biographies", "leaders", "leadership", "who is who", "名人录", "领导", "人员"),
)
register_page(
    "news:organizations",
    _("Organizations"),
    lead=_("Organizations in the news: postal operators, authorities, postal unions and companies."),
    names=("organization", "organisations", "organisation", "companies", "authorities", "组织机构", "单位"),
)


def _section_pages() -> Iterator[PageDescription]:
    for section in Section.objects.in_order():
        yield PageDescription(
            title=str(section),
            lead=localized_text(section, "description"),
            names=(section.name, section.name_zh),
            arguments=(section.slug,),
            number=section.pk,
        )


def _articles_of_section(at: dt.datetime) -> ArticleQuerySet:
    return Article.objects.published(at).filter(section=OuterRef("number"), language=OuterRef("language"))


register_pages("news:section", _section_pages, needs=_articles_of_section, models=["news.section"])
