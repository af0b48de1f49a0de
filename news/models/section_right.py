"""Accounts that are limited to sections."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.section import Section
from postportal.staff.row_limits import RowLimit

_CACHED_AS = "_section_keys"


class SectionRight(models.Model):
    """A section in which an account may work. An account without rows may work in all sections. A section cannot be
    deleted while accounts are limited to it: its last row would open all the others."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="section_rights", db_index=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="rights", verbose_name=_("section"))

    class Meta:
        verbose_name = _("right in a section")
        verbose_name_plural = _("rights in sections")
        constraints = [models.UniqueConstraint(fields=["user", "section"], name="section_right_one_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.section}"


def section_keys_of(user: Any) -> frozenset[int] | None:
    """Return the sections to which the account is limited, None without a limit. Asked many times in a request, like
    permissions, and remembered as they are."""
    if not hasattr(user, _CACHED_AS):
        keys = frozenset(SectionRight.objects.filter(user=user.pk).values_list("section_id", flat=True))
        setattr(user, _CACHED_AS, keys or None)
    found: frozenset[int] | None = getattr(user, _CACHED_AS)
    return found


def _accounts_for(key: int) -> models.Q:
    rights = SectionRight.objects.all()
    return models.Q(pk__in=rights.filter(section=key).values("user")) | ~models.Q(pk__in=rights.values("user"))


LIMIT = RowLimit(column="section", keys_of=section_keys_of, accounts_for=_accounts_for)
