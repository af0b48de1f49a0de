from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class StaffTablesConfig(AppConfig):
    """The tables of the staff side. Django's own admin is an app of its own."""

    name = "postportal.staff"
    label = "staff"
    verbose_name = _("staff side")
    default = False


class StaffConfig(AdminConfig):
    """The stock admin, with our site object behind `admin.site`."""

    default = False
    default_site = "postportal.staff.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        # Each app says in its module `dashboard` what it puts on the staff home and what the quick find knows of it.
        autodiscover_modules("dashboard")
        from postportal.staff.demo_password import check_for_demo_accounts

        checks.register(check_for_demo_accounts, checks.Tags.database, deploy=True)
