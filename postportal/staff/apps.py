from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class StaffTablesConfig(AppConfig):
    """App that owns the tables of the staff side. StaffConfig below is Django's own admin app."""

    name = "postportal.staff"
    label = "staff"
    verbose_name = _("Staff")
    default = False


class StaffConfig(AdminConfig):
    """The stock admin app, with our own site as `admin.site`."""

    default = False
    default_site = "postportal.staff.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        # In its module `dashboard` each app registers work queues, quick searches, admin pages and link targets.
        autodiscover_modules("dashboard")
        from postportal.staff.demo_password import check_for_demo_accounts
        from postportal.staff.openid_settings import check_openid_settings
        from postportal.staff.passkey_settings import check_passkey_settings, check_passkeys_are_set
        from postportal.staff.second_factor import check_two_factor_roles

        checks.register(check_openid_settings)
        checks.register(check_passkey_settings)
        checks.register(check_passkeys_are_set, deploy=True)
        checks.register(check_two_factor_roles)
        checks.register(check_for_demo_accounts, checks.Tags.database, deploy=True)
