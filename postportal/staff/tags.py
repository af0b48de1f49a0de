"""Form field for tags: suggests while the user types, and sends names, not primary keys. A tag may be called “2026”."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import get_select2_language
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from taggit.models import Tag
from taggit.utils import parse_tags

from postportal.staff.autocomplete import select2_media
from postportal.tags.models import TagSpelling

TAGS_PER_PAGE = 20


def tag_names_view(request: HttpRequest) -> JsonResponse:
    """Return one page of tag names that contain `term`, in the format of select2."""
    if not request.user.has_perm("taggit.view_tag"):
        raise PermissionDenied
    names = Tag.objects.order_by("name").values_list("name", flat=True)
    term = request.GET.get("term", "").strip()[:100]
    if term:
        names = names.filter(pk__in=TagSpelling.objects.containing(term).values("tag"))
    page = Paginator(names, TAGS_PER_PAGE).get_page(request.GET.get("page"))
    return JsonResponse(
        {"results": [{"id": name, "text": name} for name in page], "pagination": {"more": page.has_next()}}
    )


class TagSelect(forms.SelectMultiple):
    """Select of tag names. Typing finds other tags or adds a new one."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "class": "admin-autocomplete",
            "lang": get_select2_language(),
            "data-ajax--url": reverse("admin:tag_names"),
            "data-ajax--delay": 250,
            "data-tags": "true",
            # A comma ends a tag, the Chinese comma too.
            "data-token-separators": '[",", "，"]',
            "data-theme": "admin-autocomplete",
            "data-placeholder": "",
        }

    def format_value(self, value: Any) -> list[str]:
        if isinstance(value, str):
            return list(parse_tags(value))
        return [tag if isinstance(tag, str) else tag.name for tag in value or []]

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        self.choices = [(tag, tag) for tag in value]
        return super().optgroups(name, value, attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        names = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        # Quoted for the form field, which splits at commas and spaces outside quotation marks.
        return ",".join(f'"{tag.replace(chr(34), "")}"' for tag in names if tag.strip())

    @property
    def media(self) -> forms.Media:
        return select2_media()
