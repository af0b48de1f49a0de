from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class InterchangeConfig(AppConfig):
    name = "postportal.interchange"
    label = "interchange"
    verbose_name = _("Export and import")

    def ready(self) -> None:
        # In its package `interchange` each app defines its registers.
        from postportal.interchange import tags  # noqa: F401

        autodiscover_modules("interchange")
