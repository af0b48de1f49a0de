from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("Services")

    def ready(self) -> None:
        # Register what pages of people and organizations show of services and stamps, what texts show of hotlines, and
        # when that and the partners of joint issues change.
        import services.due_partners
        import services.due_texts
        import services.references
        import services.related_content  # noqa: F401
