"""Sizes of files in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_KILO = 1000


def describe_size(size: int) -> str:
    """Return the size as file managers show it: “340 KB”, “1.4 MB”."""
    if size < _KILO**2:
        return _("%(size)s KB") % {"size": number_format(max(1, round(size / _KILO)))}
    return _("%(size)s MB") % {"size": number_format(round(size / _KILO**2, 1), 1)}
