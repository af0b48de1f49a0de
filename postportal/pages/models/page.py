import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.web.languages import Translated

PATH_PATTERN = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")


class PageQuerySet(PubliclyTimedQuerySet):
    def for_lists(self) -> "PageQuerySet":
        return self.only("path", "title", "standfirst", "language", "translation_of").order_by("title")


class Page(Publishable, Translated):
    """A page that is not news, such as “About us” or “Terms of use”."""

    path = models.CharField(
        _("URL"),
        max_length=120,
        validators=[
            RegexValidator(
                PATH_PATTERN,
                _("Use lowercase letters, digits and hyphens, with / between parts, for example about/history."),
            )
        ],
        help_text=_("The part after the domain: “about” creates the page /about/."),
    )
    title = models.CharField(_("title"), max_length=200)
    standfirst = models.TextField(_("standfirst"), max_length=500, blank=True)
    body = RichTextField(_("body"), blank=True)
    body_text = models.TextField(editable=False, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        permissions = [
            ("publish_page", _("Can review, publish and schedule pages")),
            ("control_page", _("Can withdraw pages, publish them without review and lift embargoes")),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["language", "path"],
                name="page_address_unique",
                violation_error_message=_("Another page in this language already uses this URL."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return reverse("pages:page", args=[self.path])

    def clean(self) -> None:
        super().clean()
        if PATH_PATTERN.match(self.path) and self.is_path_reserved():
            raise ValidationError({"path": _("This URL is reserved. Choose another.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def fill_placeholders(self) -> None:
        self.title = self.title or str(_("(no title yet)"))
        if not PATH_PATTERN.match(self.path) or self.is_path_reserved():
            self.path = f"page-{uuid.uuid4().hex}"

    def is_path_reserved(self) -> bool:
        """Return True if the URL of the page belongs to another view."""
        with translation.override(self.language):
            try:
                return resolve(reverse("pages:page", args=[self.path])).view_name != "pages:page"
            except Resolver404:
                return False
