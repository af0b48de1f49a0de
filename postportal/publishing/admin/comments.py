"""What colleagues say to each other about an item, under its form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.admin.panels import panel_response
from postportal.publishing.models import Comment, Publishable
from postportal.publishing.models.comment import MAX_COMMENT_LENGTH
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.rules import is_allowed

MAX_COMMENTS = 50


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment for colleagues"),
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those who work on it are mailed. Readers never see it."),
    )


class CommentsAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"{self._url_name_prefix}_{name}")

        return [
            own("<path:object_id>/comments/<int:comment_id>/done/", self.comment_done_view, "comment_done"),
            own("<path:object_id>/comments/", self.comment_view, "comment"),
            *super().get_urls(),
        ]

    @property
    def _url_name_prefix(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        if item is not None and self.has_view_permission(request, item):
            context |= self._comments_context(request, item)
        return super().render_change_form(request, context, *args, **kwargs)

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self._get_commentable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = CommentForm(request.POST, auto_id="id_comment_%s")
        if not form.is_valid():
            text = " ".join(str(reason) for reasons in form.errors.values() for reason in reasons)
            return self._comments_response(request, item, text, messages.ERROR, form=form)
        said = form.cleaned_data["text"]
        add_comment(
            Comment.Kind.REMARK, item, revisions.open_edition(item), by=request.user, at=timezone.now(), text=said
        )
        return self._comments_response(request, item, _("Your comment is kept."), messages.SUCCESS)

    def comment_done_view(self, request: HttpRequest, object_id: str, comment_id: int) -> HttpResponse:
        item = self._get_commentable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = Comment.objects.of(item).filter(pk=comment_id).first()
        if comment is None or comment.kind not in Comment.ACTIONABLE_KINDS:
            raise Http404
        # Written past the signals: who is mailed was decided when it was said, and `mailed_at` may be set meanwhile.
        waiting = Comment.objects.unresolved().filter(pk=comment.pk)
        waiting.update(done_at=timezone.now(), done_by=request.user.pk)
        return self._comments_response(request, item, _("The comment is marked as done."), messages.SUCCESS)

    def _get_commentable_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item = self._get_item(request, object_id)
        if item is None:
            raise Http404
        if not self._can_comment(request, item):
            raise PermissionDenied
        return item

    def _can_comment(self, request: HttpRequest, item: Publishable) -> bool:
        """Whoever may write or publish items of this kind, also while this one is not theirs to change."""
        rights = (is_allowed(request.user, item, right) for right in ("change", "publish"))
        return self.has_view_permission(request, item) and any(rights)

    def _comments_context(self, request: HttpRequest, item: Publishable, form: Any = None) -> dict[str, Any]:
        found = Comment.objects.of(item).select_related("by", "done_by")
        newest = list(found.order_by("-at", "-pk")[: MAX_COMMENTS + 1])
        may_comment = self._can_comment(request, item)
        return {
            "comments": [
                (comment, reverse(f"admin:{self._url_name_prefix}_comment_done", args=[item.pk, comment.pk]))
                for comment in reversed(newest[:MAX_COMMENTS])
            ],
            "are_comments_cut": len(newest) > MAX_COMMENTS,
            "comments_shown": MAX_COMMENTS,
            "may_comment": may_comment,
            "comment_form": (form or CommentForm(auto_id="id_comment_%s")) if may_comment else None,
            "comment_address": reverse(f"admin:{self._url_name_prefix}_comment", args=[item.pk]),
        }

    def _comments_response(
        self, request: HttpRequest, item: Publishable, text: str, level: int, *, form: Any = None
    ) -> HttpResponse:
        form_address = reverse(f"admin:{self._url_name_prefix}_change", args=[item.pk])
        context = self._comments_context(request, item, form)
        return panel_response(
            request, panel="comments", change_url=form_address, text=text, level=level, context=context
        )
