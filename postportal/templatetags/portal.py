"""Tags and filters that every template has without `{% load %}`. Each hands over to the module it belongs to."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page
from django.db import models
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from postportal.images.img_tags import img_tag
from postportal.images.models import Image
from postportal.richtext.references import fill_references
from postportal.site.context import LanguageLink, language_switch
from postportal.site.edit_link import EDIT_LINK_LABEL, edit_url
from postportal.staff.account_names import full_name_or_username
from postportal.web import json_ld as json_ld_scripts
from postportal.web import languages, pagination
from postportal.web.iso_times import iso_time
from postportal.web.personal_zone import staff_time
from postportal.web.related_content import related_content_for
from postportal.web.request_time import request_time

register = template.Library()
# `datetime="{{ update.at|iso_time }}"`: a time for machines.
register.filter(iso_time)
# `{{ event.at|staff_time|date:"DATETIME_FORMAT" }}`: a time for staff, in their own time zone.
register.filter(staff_time)


@register.simple_tag
def picture(image: Image | None, place: str, *, alt: str | None = None, first: bool | None = None) -> SafeString | str:
    """`{% picture article.lead_image "row" %}`: the img element; nothing if there is no picture."""
    return img_tag(image, place, alt=alt, is_first=first) if image else ""


@register.simple_tag(takes_context=True)
def rich_text(context: Context, html: str) -> SafeString:
    """`{% rich_text article.body %}`: a sanitized text with the numbers that it refers to."""
    return mark_safe(fill_references(html, at=request_time(context["portal"].request)))  # noqa: S308


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """`{% language_links as links %}`: links to this page in the other languages, or to their home pages."""
    return language_switch(context["portal"].request, context["alternates"])


@register.inclusion_tag("components/_postmark.html", takes_context=True)
def postmark(
    context: Context,
    day: dt.date,
    *,
    key: str,
    waves: bool = True,
    ring: str = "",
    ring_zh: str = "",
    last_line: str = "",
) -> dict[str, Any]:
    """`{% postmark article.dateline_on key="lead" %}`: a decorative date stamp. `key` is unique on the page; `ring` is
    the text around it, by default the place of the site."""
    site = context["portal"].site
    return {
        "day": day,
        # Translators: the day on a postmark, in the letters of Django's date filter; at most six characters fit.
        "short_day": date_format(day, "SHORT_MONTH_DAY_FORMAT").upper(),
        "key": key,
        "waves": waves,
        "ring": ring or site.postmark_place or site.name.upper()[:24],
        "ring_zh": ring_zh or site.postmark_place_zh or site.name_zh[:12],
        "last_line": last_line,
    }


@register.inclusion_tag("components/_link_preview.html", takes_context=True)
def link_preview(context: Context, picture: Image | None = None, *, kind: str = "website") -> dict[str, Any]:
    """`{% link_preview article.lead_image kind="article" %}`: what messaging apps and other sites show with a link to
    the page, with the site's picture if the page has none. `kind` is the page's type in the Open Graph protocol."""
    names = ("portal", "alternates", "page_title", "page_description")
    shown = picture or context["portal"].site.link_picture
    return {**{name: context[name] for name in names}, "picture": shown, "kind": kind}


@register.simple_tag
def page_url(page: Page[Any], number: int) -> str:
    """`{% page_url page_obj 3 %}`: the URL of another page of the same list."""
    return pagination.page_url(page, number)


@register.simple_tag
def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """`{% json_ld json_ld_data %}`: the page's facts for machines (schema.org)."""
    return json_ld_scripts.json_ld(data)


@register.simple_tag(takes_context=True)
def related_content(context: Context, row: models.Model) -> SafeString:
    """`{% related_content person %}`: what other apps show on the page of the row; nothing if none has registered."""
    at = request_time(context["request"])
    sections = [
        (render_to_string(source.template, {"portal": context["portal"], **source.context(row, at)}),)
        for source in related_content_for(row)
    ]
    return format_html_join("", "{}", sections)


@register.simple_tag(takes_context=True)
def edit_link(context: Context, row: Any) -> SafeString | str:
    """`{% edit_link article %}`: a button for staff who may change the row. Nothing for readers, whose session is not
    loaded for it."""
    url = edit_url(context["request"], row)
    return (
        format_html('<p class="edit-link no-print"><a class="button" href="{}">{}</a></p>', url, EDIT_LINK_LABEL)
        if url
        else ""
    )


@register.tag
def draw_once(parser: Parser, token: Token) -> "DrawOnce":
    """`{% draw_once %}…{% end_draw_once %}`: a part that shows nothing but the frame of all pages, such as the footer.
    It is drawn again if what the frame shows has changed (`postportal/site/frame.py`).

    `{% draw_once narrowing.year_links %}…`: a part that shows these values as well, which are hashable."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodes = parser.parse(("end_draw_once",))
    parser.delete_first_token()
    return DrawOnce(nodes, values)


class DrawOnce(template.Node):
    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Context) -> str:
        shown = tuple(value.resolve(context) for value in self.values)
        drawn: str = context["portal"].draw_once((self, *shown), lambda: self.nodelist.render(context))
        return drawn


@register.filter
def localized(row: Any, field: str) -> str:
    """`{{ section|localized:"description" }}`: the field in the language of the page, else in English."""
    return languages.localized_text(row, field)


@register.filter
def field_language(row: Any, field: str) -> str:
    """`lang="{{ issue|field_language:'title' }}"`: the language of the text that `localized` returns."""
    return languages.field_language(row, field)


@register.filter
def other_field_language(row: Any, field: str) -> str:
    """`lang="{{ issue|other_field_language:'title' }}"`: the language of the same name in the other script."""
    return languages.other_field_language(row, field)


@register.filter
def staff_name(user: Any) -> str:
    """`{{ comment.by|staff_name }}`: full name, else username; a note if the account has been deleted."""
    return full_name_or_username(user) or _("deleted account")


@register.filter
def html_lang(code: str) -> str:
    """`{{ article.language|html_lang }}`: zh-hans → zh-Hans."""
    return languages.html_language(code)


@register.filter
def open_graph_locale(tag: str) -> str:
    """`{{ portal.language|open_graph_locale }}`: zh-Hans → zh_CN."""
    return languages.open_graph_locale(tag)


@register.simple_block_tag(end_name="end_one_line")
def one_line(content: str) -> str:
    """`{% one_line as page_title %}…{% end_one_line %}`: a title or description whose template is laid out over
    several lines, for use in more than one place."""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - rendered by the template, which has escaped it
