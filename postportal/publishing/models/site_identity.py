"""IDs that never change. They name an item by kind and key, under a name that the portal takes once."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateField
from postportal.web.site_url import LOCAL_DOMAIN, site_domain

# The characters that RFC 4151 allows in a tag: URI besides letters and digits.
_SAFE = "/?:@!$&'()*+,;=%-._~"


class IdentityChangeError(Exception):
    """The identity of the portal was about to change, and with it the ID of everything it has published."""


class SiteIdentity(models.Model):
    """The domain and the day that all IDs of the portal contain (tag: URIs, RFC 4151). There is one row. It is written
    by the first migration and stays when the portal moves to another domain: RFC 4151 requires only that the domain
    belonged to the portal on that day."""

    domain = models.CharField(_("domain"), max_length=253)
    assigned_on = RangedDateField(_("assigned on"))

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")
        # For nobody: there is no permission that could be given to a role.
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_identity_one_row")]

    def __str__(self) -> str:
        return f"{self.domain},{self.assigned_on.isoformat()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = SiteIdentity.objects.filter(pk=1).first()
        if before and not before.is_provisional and str(before) != str(self):
            raise IdentityChangeError(f"The site identity is {before} and cannot be changed.")
        self.pk = 1
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise IdentityChangeError("The site identity cannot be deleted.")

    @classmethod
    def load(cls, *, using: str | None = None) -> "SiteIdentity":
        """Return the row. It is created if it is missing."""
        defaults = {"domain": site_domain(), "assigned_on": dt.datetime.now(dt.UTC).date()}
        # Looked for first: on a replica, too.
        rows = cls.objects.using(using)
        return rows.filter(pk=1).first() or rows.get_or_create(pk=1, defaults=defaults)[0]

    @property
    def is_provisional(self) -> bool:
        """A trial on one computer: the first domain that is configured replaces it."""
        return self.domain == LOCAL_DOMAIN

    @property
    def established_at(self) -> dt.datetime:
        return dt.datetime.combine(self.assigned_on, dt.time.min, dt.UTC)

    def uri(self, kind: str, key: Any) -> str:
        """Return the ID of the thing with this key among those of its kind."""
        return f"tag:{self}:{quote(f'{kind}/{key}', safe=_SAFE)}"

    def uri_of(self, model: type[models.Model], pk: int) -> str:
        """Return the ID of a row, which must be saved. All feeds and the API use the same one."""
        # Labels are in the IDs that readers have stored: do not rename a model without keeping its label here.
        return self.uri(model._meta.concrete_model._meta.label_lower, pk)  # type: ignore[union-attr]


def establish_identity(*, using: str, apps: Any = None, **kwargs: Any) -> None:
    """Give the portal its identity, once. Runs after every migration."""
    if apps is not None and not _has_table(apps):
        return
    identity = SiteIdentity.load(using=using)
    if identity.is_provisional and site_domain() != LOCAL_DOMAIN:
        identity.domain, identity.assigned_on = site_domain(), dt.datetime.now(dt.UTC).date()
        identity.save(using=using)


def _has_table(apps: Any) -> bool:
    """Return False if the migrations were taken back to before the table."""
    try:
        apps.get_model("publishing", "SiteIdentity")
    except LookupError:
        return False
    return True
