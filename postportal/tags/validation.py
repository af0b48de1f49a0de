from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from postportal.tags.models import TagSpelling, tag_key


def clean_tag(tag: Tag) -> None:
    """Refuse a name that another tag has in another spelling, or had before it was merged."""
    other = TagSpelling.objects.filter(folded=tag_key(tag.name)).exclude(tag=tag.pk).first()
    if other:
        text = _("The tag “%(name)s” already has this name. Choose another name.")
        raise ValidationError({"name": ValidationError(text, params={"name": other.tag})})
