"""Form of a tag: what editors may enter as its name and its URL."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from postportal.tags.models import MAX_SLUG_LENGTH, MAX_TAG_LENGTH
from postportal.tags.slugs import make_tag_slug, other_tags
from postportal.text.fields import LineFormField
from postportal.web.slugged import SLUG_TAKEN
from postportal.web.slugs import normalize, validate_slug


class TagForm(forms.ModelForm):
    """Form of a tag: no other tag has its name in another spelling, or had it before they were merged. A blank slug is
    made from the name."""

    name = LineFormField(label=_("Name"), max_length=MAX_TAG_LENGTH)
    slug = forms.CharField(
        label=_("URL"),
        max_length=MAX_SLUG_LENGTH,
        required=False,
        validators=[validate_slug],
        help_text=_("Last part of the page URL. Leave blank to create it from the name."),
    )

    class Meta:
        model = Tag
        fields = ["name", "slug"]

    def clean_slug(self) -> str:
        slug = normalize(self.cleaned_data["slug"])
        if slug and other_tags(self.instance).filter(slug=slug).exists():
            raise ValidationError(SLUG_TAKEN)
        return slug

    def clean(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        if fields.get("name") and fields.get("slug") == "":
            self.instance.name = fields["name"]
            fields["slug"] = make_tag_slug(self.instance)
        return fields

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out the slug: the field of taggit refuses the vowel signs of Hindi and Thai."""
        return {*super()._get_validation_exclusions(), "slug"}  # type: ignore[misc]
