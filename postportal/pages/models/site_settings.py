from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COLOUR_VALIDATOR = RegexValidator(
    r"^#[0-9a-f]{6}\Z", _("Write the colour as # and six digits or small letters a–f: #0b4a3a.")
)
COLOUR_FIELDS = ("brand", "deep", "seal", "air")


class SiteSettings(models.Model):
    """What the portal says about itself on every page. There is one row."""

    name = models.CharField(_("name"), max_length=80, default="PostPortal")
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    tagline = models.CharField(
        _("line on the home page"), max_length=120, default="News and services of the national post"
    )
    tagline_zh = models.CharField(_("line on the home page in Chinese"), max_length=120, blank=True)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("For search engines and shared links.")
    )
    description_zh = models.CharField(_("description in Chinese"), max_length=300, blank=True)
    postmark_place = models.CharField(
        _("place on the postmark"), max_length=24, blank=True, help_text=_("In capitals around the date stamp.")
    )
    postmark_place_zh = models.CharField(_("place on the postmark in Chinese"), max_length=12, blank=True)
    contact_address = models.TextField(_("postal address"), max_length=300, blank=True)
    contact_address_zh = models.TextField(_("postal address in Chinese"), max_length=300, blank=True)
    contact_email = models.EmailField(
        _("address for contact messages"),
        blank=True,
        help_text=_("The contact form writes here. Not shown to readers."),
    )
    security_contact = models.CharField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        help_text=_("mailto: or https:// address, for security.txt."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("working days until an answer"), default=3, help_text=_("The contact page promises this.")
    )
    register_numbers = models.TextField(
        _("register numbers"), blank=True, help_text=_("One a line, shown in the footer.")
    )
    footer_text = models.CharField(_("text in the footer"), max_length=200, blank=True)
    footer_text_zh = models.CharField(_("text in the footer in Chinese"), max_length=200, blank=True)
    brand = models.CharField(_("brand colour"), max_length=7, default="#0b4a3a", validators=[COLOUR_VALIDATOR])
    deep = models.CharField(_("dark brand colour"), max_length=7, default="#06332a", validators=[COLOUR_VALIDATOR])
    seal = models.CharField(_("seal colour"), max_length=7, default="#bf2b18", validators=[COLOUR_VALIDATOR])
    air = models.CharField(_("airmail colour"), max_length=7, default="#17498b", validators=[COLOUR_VALIDATOR])

    # What this process saw last: for the page that must be shown when the database does not answer.
    last_loaded: ClassVar["SiteSettings | None"] = None

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_settings_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """Return the row, or the defaults where nobody has saved it yet."""
        cls.last_loaded = cls.objects.filter(pk=1).first() or cls(pk=1)
        return cls.last_loaded

    @classmethod
    def for_request(cls, request: HttpRequest) -> "SiteSettings":
        """Return the settings of this request, loaded once for view and templates."""
        if not hasattr(request, "site_settings"):
            request.site_settings = cls.load()  # type: ignore[attr-defined]
        return request.site_settings  # type: ignore[attr-defined, no-any-return]

    @property
    def has_own_colours(self) -> bool:
        defaults = SiteSettings()
        return any(getattr(self, name) != getattr(defaults, name) for name in COLOUR_FIELDS)
