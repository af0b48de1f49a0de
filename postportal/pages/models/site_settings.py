from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.text.fields import LineField, LinesField
from postportal.web.compiled_query import CompiledQuery

COLOUR_VALIDATOR = RegexValidator(
    r"^#[0-9a-f]{6}\Z", _("Enter # and six digits or lowercase letters a–f, for example #0b4a3a.")
)
COLOUR_FIELDS = ("brand", "deep", "seal", "air")


class SiteSettings(Versioned):
    """Name, contact details and colours of the site. There is one row."""

    is_always_public = True
    has_proposals = True

    name = LineField(_("name"), max_length=80, default="PostPortal")
    name_zh = LineField(_("name in Chinese"), max_length=80, blank=True)
    tagline = LineField(_("tagline"), max_length=120, default="News and services of the national post")
    tagline_zh = LineField(_("tagline in Chinese"), max_length=120, blank=True)
    description = LineField(
        _("description"), max_length=300, blank=True, help_text=_("For search engines and shared links.")
    )
    description_zh = LineField(_("description in Chinese"), max_length=300, blank=True)
    postmark_place = LineField(
        _("place on the postmark"), max_length=24, blank=True, help_text=_("Shown in capitals around the date.")
    )
    postmark_place_zh = LineField(_("place on the postmark in Chinese"), max_length=12, blank=True)
    contact_address = LinesField(_("postal address"), max_length=300, blank=True)
    contact_address_zh = LinesField(_("postal address in Chinese"), max_length=300, blank=True)
    contact_email = models.EmailField(
        _("email address for contact messages"),
        blank=True,
        help_text=_("Receives messages from the contact form. Not shown to readers."),
    )
    security_contact = models.CharField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        help_text=_("A mailto: or https:// URL for security.txt."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("response time in working days"), default=3, help_text=_("Shown on the contact page.")
    )
    register_numbers = LinesField(
        _("registration numbers"), blank=True, help_text=_("One per line. Shown in the footer.")
    )
    footer_text = LineField(_("footer text"), max_length=200, blank=True)
    footer_text_zh = LineField(_("footer text in Chinese"), max_length=200, blank=True)
    link_picture = models.ForeignKey(
        "images.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for link previews"),
        help_text=_("Shown with links to pages without a picture of their own, in messaging apps and on other sites."),
    )
    brand = models.CharField(_("brand colour"), max_length=7, default="#0b4a3a", validators=[COLOUR_VALIDATOR])
    deep = models.CharField(_("dark brand colour"), max_length=7, default="#06332a", validators=[COLOUR_VALIDATOR])
    seal = models.CharField(_("seal colour"), max_length=7, default="#bf2b18", validators=[COLOUR_VALIDATOR])
    air = models.CharField(_("airmail colour"), max_length=7, default="#17498b", validators=[COLOUR_VALIDATOR])

    # The row this process loaded last, for the error page that is shown if the database fails.
    last_loaded: ClassVar["SiteSettings | None"] = None

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        permissions = [("propose_sitesettings", _("Can propose changes to site settings"))]
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_settings_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """Return the row, or the defaults if it has not been saved yet."""
        rows: list[SiteSettings] = _query.objects()
        cls.last_loaded = rows[0] if rows else cls(pk=1)
        return cls.last_loaded

    @classmethod
    def for_request(cls, request: HttpRequest) -> "SiteSettings":
        """Return the settings, loaded once for each request."""
        if not hasattr(request, "site_settings"):
            request.site_settings = cls.load()  # type: ignore[attr-defined]
        return request.site_settings  # type: ignore[attr-defined, no-any-return]

    @property
    def has_own_colours(self) -> bool:
        defaults = SiteSettings()
        return any(getattr(self, name) != getattr(defaults, name) for name in COLOUR_FIELDS)


# Every page asks.
_query = CompiledQuery(lambda: SiteSettings.objects.select_related("link_picture").filter(pk=1), takes=())
