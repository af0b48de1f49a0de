"""Comments of colleagues under the form of an item."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Comment, Publishable
from postportal.publishing.models.comment import MAX_COMMENT_LENGTH
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.comments import add_comment
from postportal.staff.permissions import has_model_permission

MAX_COMMENTS = 50


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment for colleagues"),
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The people working on this item get an email. Readers never see comments."),
    )


class CommentsPanel(ItemPanel):
    name = "comments"

    def urls(self) -> list[URLPattern]:
        return [
            self.path("<path:object_id>/comments/<int:comment_id>/done/", self.comment_done_view, "comment_done"),
            self.path("<path:object_id>/comments/", self.comment_view, "comment"),
        ]

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        if item is None or not self.model_admin.has_view_permission(request, item):
            return {}
        return self._comments_context(request, item)

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self._get_commentable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = CommentForm(request.POST, auto_id="id_comment_%s")
        if not form.is_valid():
            error = " ".join(str(reason) for reasons in form.errors.values() for reason in reasons)
            return self._comments_response(request, item, error, messages.ERROR, form=form)
        text, at = form.cleaned_data["text"], timezone.now()
        add_comment(Comment.Kind.REMARK, item, revisions.open_edition(item), by=request.user, at=at, text=text)
        return self._comments_response(request, item, _("Comment added."), messages.SUCCESS)

    def comment_done_view(self, request: HttpRequest, object_id: str, comment_id: int) -> HttpResponse:
        item = self._get_commentable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = Comment.objects.of(item).filter(pk=comment_id).first()
        if comment is None or comment.kind not in Comment.ACTIONABLE_KINDS:
            raise Http404
        # Not saved, so that no signal is sent: who gets mail was decided before, and `mailed_at` may be set by now.
        unresolved = Comment.objects.unresolved().filter(pk=comment.pk)
        unresolved.update(done_at=timezone.now(), done_by=request.user.pk)
        return self._comments_response(request, item, _("Comment marked as done."), messages.SUCCESS)

    def _get_commentable_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item: Publishable = self.get_item_or_404(request, object_id)
        if not self._can_comment(request, item):
            raise PermissionDenied
        return item

    def _can_comment(self, request: HttpRequest, item: Publishable) -> bool:
        """Return True if the user may change or publish items of this kind, even while this one is locked for them."""
        is_colleague = any(has_model_permission(request.user, permission, item) for permission in ("change", "publish"))
        return is_colleague and bool(self.model_admin.has_view_permission(request, item))

    def _comments_context(self, request: HttpRequest, item: Publishable, form: Any = None) -> dict[str, Any]:
        comments = Comment.objects.of(item).select_related("by", "done_by")
        newest = list(comments.order_by("-at", "-pk")[: MAX_COMMENTS + 1])
        can_comment = self._can_comment(request, item)
        return {
            "comments": [
                (comment, self.url("comment_done", item.pk, comment.pk)) for comment in reversed(newest[:MAX_COMMENTS])
            ],
            "unresolved_count": sum(comment.is_unresolved for comment in newest[:MAX_COMMENTS]),
            "has_older_comments": len(newest) > MAX_COMMENTS,
            "max_comments": MAX_COMMENTS,
            "can_comment": can_comment,
            "comment_form": (form or CommentForm(auto_id="id_comment_%s")) if can_comment else None,
            "comment_url": self.url("comment", item.pk),
        }

    def _comments_response(
        self, request: HttpRequest, item: Publishable, text: str, level: int, *, form: Any = None
    ) -> HttpResponse:
        context = self._comments_context(request, item, form)
        return self.panel_response(request, item, text=text, level=level, context=context)
