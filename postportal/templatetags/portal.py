"""Tags and filters of every template. Each one only hands over to the subject it belongs to."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from postportal.images.img_tags import img_tag
from postportal.images.models import Image
from postportal.publishing.versions import timeline
from postportal.site.edit_link import EDIT_LINK_LABEL, edit_url
from postportal.web import pagination
from postportal.web.json_ld import json_ld as structured
from postportal.web.languages import html_language, localized_text

register = template.Library()


@register.simple_tag
def picture(image: Image | None, place: str, *, alt: str | None = None, first: bool | None = None) -> SafeString | str:
    """`{% picture article.lead_image "row" %}`; nothing where there is no picture."""
    return img_tag(image, place, alt=alt, is_first=first) if image else ""


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
        # Translators: the day on a postmark, in the letters of Django's date filter; there is room for six signs.
        "short_day": date_format(day, pgettext("day on a postmark", "j M")).upper(),
        "key": key,
        "waves": waves,
        "ring": ring or site.postmark_place or site.name.upper()[:24],
        "ring_zh": ring_zh or site.postmark_place_zh or site.name_zh[:12],
        "last_line": last_line,
    }


@register.simple_tag
def page_url(page: Page[Any], number: int) -> str:
    """`{% page_url page_obj 3 %}`: the URL of another page of the same list."""
    return pagination.page_url(page, number)


@register.simple_tag
def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """`{% json_ld structured %}`: the page's facts for machines (schema.org)."""
    return structured(data)


@register.simple_tag(takes_context=True)
def edit_link(context: Context, row: Any) -> SafeString | str:
    """`{% edit_link article %}`: for staff who may change the row; nothing, and no look at the session, for readers."""
    address = edit_url(context["request"], row)
    return (
        format_html('<p class="edit np"><a class="btn" href="{}">{}</a></p>', address, EDIT_LINK_LABEL)
        if address
        else ""
    )


@register.filter
def localized(row: Any, field: str) -> str:
    """`{{ section|localized:"description" }}`: the field in the language of the page where it is filled."""
    return localized_text(row, field)


@register.filter
def staff_name(user: Any) -> str:
    """What colleagues call somebody; their account may be gone."""
    return timeline.full_name_or_username(user) or _("somebody whose account is gone")


@register.filter
def html_lang(code: str) -> str:
    """`{{ article.language|html_lang }}`: zh-hans → zh-Hans."""
    return html_language(code)


@register.filter(is_safe=True)
@stringfilter
def one_line(text: str) -> str:
    """`{% filter one_line %}`: a title or a description whose template is laid out over several lines."""
    return " ".join(text.split())
