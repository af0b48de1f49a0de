from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class StaffConfig(AdminConfig):
    """The stock admin, with our site object behind `admin.site`."""

    default_site = "postportal.staff.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        # Each app says in its module `desk` what it puts on the staff home and what the quick find knows of it.
        autodiscover_modules("desk")
        from postportal.staff.demo_password import demo_accounts_are_gone

        checks.register(demo_accounts_are_gone, checks.Tags.database, deploy=True)
