"""Sizes of files in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from postportal.text.tidying import unbroken

_KILO = 1000


def describe_size(size: int) -> str:
    """Return the size as file managers show it: “340 KB”, “1.4 MB”, without a line break in it."""
    if size < _KILO**2:
        text = _("%(size)s KB") % {"size": number_format(max(1, round(size / _KILO)))}
    else:
        text = _("%(size)s MB") % {"size": number_format(round(size / _KILO**2, 1), 1)}
    return unbroken(text)
