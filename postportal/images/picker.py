"""Views of the picture library: search and upload pictures without leaving the form."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from postportal.images import disk_space
from postportal.images.models import Image

PICTURES_PER_PAGE = 12


class UploadForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = ["file", "alt", "is_decorative", "caption", "credit", "collection", "focal_x", "focal_y"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focal_x"].required = self.fields["focal_y"].required = False

    def clean(self) -> dict[str, Any]:
        """Use the middle of the picture if no focal point is given."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("focal_x", "focal_y"):
            if name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = getattr(self.instance, name)
        return cleaned


@require_GET
def library_view(request: HttpRequest) -> JsonResponse:
    if not request.user.has_perm("images.view_image"):
        raise PermissionDenied
    images = Image.objects.matching(request.GET.get("q", "")[:200]).newest_first()
    page = Paginator(images, PICTURES_PER_PAGE).get_page(request.GET.get("page"))
    more = page.next_page_number() if page.has_next() else None
    return JsonResponse(
        {"pictures": [picture_as_json(image) for image in page], "next": more, "count": page.paginator.count}
    )


@require_POST
def upload_view(request: HttpRequest) -> JsonResponse:
    if not request.user.has_perm("images.add_image"):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        image = form.save()
    except OSError as error:
        if not disk_space.is_full(error):
            raise
        return JsonResponse(
            {"errors": {"file": [{"message": disk_space.DISK_FULL_MESSAGE, "code": "no_room"}]}}, status=422
        )
    # The renditions were built when the row was committed.
    image.refresh_from_db()
    return JsonResponse({"picture": picture_as_json(image)}, status=201)


def picture_as_json(image: Image) -> dict[str, Any]:
    """Return the data of a picture that the library shows and that is inserted into a text."""
    sources = image.sources("wide")
    return {
        "id": image.pk,
        "title": str(image),
        "alt": "" if image.is_decorative else image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "thumbnail": image.sources("stamp")[0].url,
        "src": sources[-1].url,
        "srcset": ", ".join(f"{source.url} {source.width}w" for source in sources),
        "width": sources[-1].width,
        "height": sources[-1].height,
    }
