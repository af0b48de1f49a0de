"""People and organizations of the register whose names stand in a text: offered to be linked by one click."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse

from news.imports.known_names import KnownNames, NameMatch
from news.models import Article, Mention
from postportal.publishing.admin import PublishableAdmin
from postportal.richtext.plain_text import plain_text

MAX_FIELD_LENGTH = 200_000
_LINK_BUTTON_VALUE = re.compile(r"link-(person|organization)-([0-9]{1,18})")


class NameSuggestionsAdmin(PublishableAdmin):
    change_form_template = "admin/news/article/change_form.html"

    def get_urls(self) -> list[Any]:
        own = path("named/", self.admin_site.admin_view(self.name_suggestions_view), name="news_article_named")
        return [own, *super().get_urls()]

    def name_suggestions_view(self, request: HttpRequest) -> HttpResponse:
        """The names in a text that somebody is typing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        typed = {name: request.POST.get(name, "")[:MAX_FIELD_LENGTH] for name in ("title", "standfirst", "body")}
        return JsonResponse({"named": suggest_names(request.user, **typed)})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article = kwargs.get("obj")
        may_write = self.has_change_permission(request, article) if article else self.has_add_permission(request)
        if may_write:
            context |= {
                "named_address": reverse("admin:news_article_named"),
                "named": unlinked_suggestions(request.user, article),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Without scripts the button of a name saves the form, and links what was saved."""
        super().save_related(request, form, formsets, change)
        pressed = _LINK_BUTTON_VALUE.fullmatch(request.POST.get("_continue", ""))
        for each in unlinked_suggestions(request.user, form.instance) if pressed else []:
            if (each["kind"], str(each["id"])) == pressed.groups():  # type: ignore[union-attr]
                Mention.objects.create(
                    article=form.instance,
                    label=each["label"],
                    order=form.instance.mentions.count(),
                    **{f"{each['kind']}_id": each["id"]},
                )


def suggest_names(user: Any, *, title: str, standfirst: str, body: str) -> list[dict[str, Any]]:
    """Whom the text names, in its order, as far as the user may see them."""
    found = KnownNames.load().find("\n".join([title, standfirst, plain_text(body)]))
    shown: list[dict[str, Any]] = []
    for model in {each.owner.model for each in found}:
        if user.has_perm(f"news.view_{model._meta.model_name}"):
            hits = {each.owner.pk: each for each in found if each.owner.model is model}
            shown += [_to_json(row, hits[row.pk]) for row in model._default_manager.filter(pk__in=hits).order_by("pk")]
    return sorted(shown, key=lambda each: each["position"])


def unlinked_suggestions(user: Any, article: Article | None) -> list[dict[str, Any]]:
    """Whom the saved text names without being linked."""
    if article is None:
        return []
    linked = {
        (kind, key)
        for row in article.mentions.values("person_id", "organization_id")
        for kind, key in (("person", row["person_id"]), ("organization", row["organization_id"]))
    }
    found = suggest_names(user, title=article.title, standfirst=article.standfirst, body=article.body)
    return [each for each in found if (each["kind"], each["id"]) not in linked]


def _to_json(row: Any, hit: NameMatch) -> dict[str, Any]:
    name = str(row)
    return {
        "kind": row._meta.model_name,
        "kind_in_words": str(row._meta.verbose_name),
        "id": row.pk,
        "name": name,
        # The name as the article has it, where it differs.
        "label": "" if hit.printed_name == name else hit.printed_name,
        "position": hit.start,
    }
