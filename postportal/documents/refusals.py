"""Sentences of refusals that several checks share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def not_what_it_says(extension: str) -> ValidationError:
    """Return the refusal of a file whose content is not what its name says."""
    text = _("The content of the file is not %(type)s. Export it again from the program that it was made with.")
    return ValidationError(text, params={"type": extension.upper()}, code="other_content")
