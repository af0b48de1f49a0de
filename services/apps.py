from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("Services")

    def ready(self) -> None:
        # Register what pages of people and organizations show of services and stamps, and what texts show of hotlines.
        import services.references
        import services.related_content  # noqa: F401
