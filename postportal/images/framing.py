"""Crop and focal point of a picture, set from a form that uses the picture."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.images.models import FRAMING_FIELDS, Image
from postportal.images.picker import picture_as_json
from postportal.publishing.admin import version_tokens
from postportal.publishing.versions import revisions, snapshots


class FramingForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = FRAMING_FIELDS


@require_http_methods(["GET", "POST"])
def framing_view(request: HttpRequest, pk: int) -> JsonResponse:
    """Return crop and focal point of a picture as JSON, or save them for all uses of the picture."""
    right = "images.change_image" if request.method == "POST" else "images.view_image"
    if not request.user.has_perm(right):
        raise PermissionDenied
    if request.method == "POST":
        return _save(request, pk)
    image = get_object_or_404(Image, pk=pk)
    return JsonResponse(
        {
            "src": reverse("admin:images_image_whole", args=[image.pk]),
            "width": image.width,
            "height": image.height,
            "alt": image.alt,
            "framing": {name: getattr(image, name) for name in FRAMING_FIELDS},
            "version": version_tokens.make_version_token(image),
        }
    )


def _save(request: HttpRequest, pk: int) -> JsonResponse:
    with transaction.atomic():
        image = get_object_or_404(Image.objects.select_for_update(), pk=pk)
        if not version_tokens.is_current(image, request.POST.get("_version", "")):
            text = _("Someone else has changed the picture meanwhile. Close this and try again.")
            return JsonResponse({"error": text}, status=409)
        before = {pk: snapshots.serialize(image)}
        form = FramingForm(request.POST, instance=image)
        if not form.is_valid():
            messages: list[Any] = [message for errors in form.errors.values() for message in errors]
            return JsonResponse({"error": " ".join(map(str, messages))}, status=422)
        image = form.save()
        revisions.record_changes(Image, before=before, after={pk: snapshots.serialize(image)}, by=request.user)
        if form.changed_data:
            log_action(Action.CHANGE, request=request, item=image, detail=", ".join(form.changed_data))
    # The renditions were built when the row was committed.
    image.refresh_from_db()
    return JsonResponse({"picture": picture_as_json(image)})
