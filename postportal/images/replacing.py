"""Replacement of the file of a picture in its form: by a new file or by an earlier one.

Readers get the new file without a review wherever they see the picture, so that has to be confirmed by somebody who may
also delete pictures."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.images.file_admin import FileRowForm
from postportal.images.models import Image, ImageFile
from postportal.images.public_uses import count_public_uses


class ImageForm(FileRowForm):
    """Form of a picture."""

    may_replace_public = True

    earlier_file = forms.ModelChoiceField(
        ImageFile.objects.none(),
        required=False,
        label=gettext_lazy("Bring back an earlier file"),
        empty_label=gettext_lazy("Keep the current file"),
    )
    replaces_public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.public_uses = 0
        if self.instance.pk and "file" in self.fields:
            self._offer_replacement()

    def clean(self) -> Any:
        cleaned = super().clean()
        earlier = cleaned.get("earlier_file") if self.instance.pk else None
        if not (earlier or "file" in self.files):
            return cleaned
        if earlier and "file" in self.files:
            self.add_error("earlier_file", _("Choose either a new file or an earlier one."))
        elif earlier:
            cleaned["file"] = earlier.name
        if self.public_uses:
            self._check_public_replacement(cleaned)
        return cleaned

    def _check_public_replacement(self, cleaned: Any) -> None:
        if not self.may_replace_public:
            self.add_error("file", _("Readers see this picture. Only editors can replace its file."))
        elif not cleaned.get("replaces_public"):
            self.add_error("replaces_public", _("Confirm that readers get the new file, and choose it again."))

    def _offer_replacement(self) -> None:
        image: Image = self.instance
        earlier = image.files.exclude(name=image.file.name).select_related("uploaded_by")
        self.fields["earlier_file"].queryset = earlier  # type: ignore[attr-defined]
        if not earlier.exists():
            self.fields["earlier_file"].widget = forms.HiddenInput()
        self.public_uses = count_public_uses(image, at=timezone.now())
        text = ngettext(
            "Replace the file in the %(count)s place where readers see it",
            "Replace the file in all %(count)s places where readers see it",
            self.public_uses,
        )
        self.fields["replaces_public"].label = text % {"count": self.public_uses}
        if not self.public_uses:
            self.fields["replaces_public"].widget = forms.HiddenInput()
