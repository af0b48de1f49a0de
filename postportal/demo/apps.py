from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "postportal.demo"
    verbose_name = _("Demo content")

    def ready(self) -> None:
        from postportal.demo.checks import demo_accounts_are_gone

        checks.register(demo_accounts_are_gone, checks.Tags.database, deploy=True)
