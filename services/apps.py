from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("Services")

    def ready(self) -> None:
        # Registers what the pages of people and organizations show of services and stamps.
        import services.related_content  # noqa: F401
