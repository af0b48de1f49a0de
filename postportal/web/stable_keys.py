"""Keys of rows that have no slug: the same in every installation that a row is copied to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class StableKey(models.Model):
    """Mixin for rows that files have to name although nothing in them is unique."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
