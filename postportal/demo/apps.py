from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "postportal.demo"
    verbose_name = _("Demo content")

    def ready(self) -> None:
        from postportal.demo.checks import check_for_demo_accounts

        checks.register(check_for_demo_accounts, checks.Tags.database, deploy=True)
