from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostPortalConfig(AppConfig):
    name = "postportal"
    verbose_name = _("Portal")
