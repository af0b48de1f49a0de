from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    """App without tables: the commands that copy the whole portal."""

    name = "postportal.backups"
    verbose_name = _("Backups")
