"""Comments of colleagues under the form of an item."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.colleagues import colleagues_of
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Comment, Publishable
from postportal.publishing.models.comment import MAX_COMMENT_LENGTH, MAX_CONTEXT_LENGTH, MAX_QUOTE_LENGTH
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.comment_places import Place, is_lost, locate, texts_of
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.mentions import mentioned_in
from postportal.staff.account_names import full_name_or_username
from postportal.staff.permissions import has_model_permission

MAX_COMMENTS = 50


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment for colleagues"),
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "data-mentions": True}),
        help_text=gettext_lazy(
            "The people working on this item get an email, and colleagues whom you name with @. "
            "Readers never see comments."
        ),
    )

    quote = forms.CharField(
        label=gettext_lazy("Words in the text"),
        max_length=MAX_QUOTE_LENGTH,
        required=False,
        help_text=gettext_lazy("Optional. Copy the words that the comment is about from the text."),
    )
    field = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    before = forms.CharField(max_length=MAX_CONTEXT_LENGTH, required=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=MAX_CONTEXT_LENGTH, required=False, widget=forms.HiddenInput)
    answers = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def place(self) -> Place:
        return Place(**{name: self.cleaned_data[name] for name in ("field", "quote", "before", "after")})


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
            return self.refusal(request, item, self._comments_context(request, item, form))
        self._add(request, item, form)
        return self._comments_response(request, item, _("Comment added."))

    def _add(self, request: HttpRequest, item: Publishable, form: CommentForm) -> None:
        answered = Comment.objects.of(item).filter(pk=form.cleaned_data["answers"]).first()
        text = form.cleaned_data["text"]
        add_comment(
            Comment.Kind.REMARK,
            item,
            revisions.open_edition(item),
            by=request.user,
            at=timezone.now(),
            text=text,
            mentioned=mentioned_in(text, colleagues_of(request, item)) if "@" in text else [],
            place=None if answered else locate(form.place(), texts_of(item)),
            # A reply to a reply belongs to the same comment.
            answers=(answered.answers or answered) if answered else None,
        )

    def comment_done_view(self, request: HttpRequest, object_id: str, comment_id: int) -> HttpResponse:
        item = self._get_commentable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = Comment.objects.of(item).filter(pk=comment_id).first()
        if comment is None or comment.kind not in Comment.ACTIONABLE_KINDS or comment.answers_id is not None:
            raise Http404
        # Not saved, so that no signal is sent: who gets mail was decided before, and `mailed_at` may be set by now.
        unresolved = Comment.objects.unresolved().filter(pk=comment.pk)
        unresolved.update(done_at=timezone.now(), done_by=request.user.pk)
        return self._comments_response(request, item, _("Comment marked as done."))

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
        replies = Prefetch("replies", Comment.objects.select_related("by").oldest_first())
        comments = Comment.objects.of(item).filter(answers__isnull=True).select_related("by", "done_by")
        newest = list(comments.prefetch_related("mentioned", replies).order_by("-at", "-pk")[: MAX_COMMENTS + 1])
        texts = texts_of(item) if any(comment.quote for comment in newest) else {}
        can_comment = self._can_comment(request, item)
        # The form for new comments shows a reply that was refused only if its comment has none any more.
        open_keys = {comment.pk for comment in newest if comment.is_unresolved}
        answered = {form.cleaned_data.get("answers") if form else None} & open_keys
        new_comment = form if form and not answered else CommentForm(auto_id="id_comment_%s")
        return {
            "refused_reply": {"keys": answered, "text": form["text"]} if answered else {},
            "comments": [
                (comment, self.url("comment_done", item.pk, comment.pk), is_lost(comment, texts))
                for comment in reversed(newest[:MAX_COMMENTS])
            ],
            "unresolved_count": sum(comment.is_unresolved for comment in newest[:MAX_COMMENTS]),
            "has_older_comments": len(newest) > MAX_COMMENTS,
            "max_comments": MAX_COMMENTS,
            "can_comment": can_comment,
            "comment_form": new_comment if can_comment else None,
            "comment_url": self.url("comment", item.pk),
            "colleague_names": [
                full_name_or_username(colleague) for colleague in (colleagues_of(request, item) if can_comment else ())
            ],
        }

    def _comments_response(self, request: HttpRequest, item: Publishable, text: str) -> HttpResponse:
        context = self._comments_context(request, item)
        return self.panel_response(request, item, text=text, level=messages.SUCCESS, context=context)
