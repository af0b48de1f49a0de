from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from postportal.roles import sync_roles
from postportal.web.tracing import start_tracing
from postportal.web.write_ahead_log import switch_to_write_ahead_log


class PostPortalConfig(AppConfig):
    name = "postportal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        start_tracing()
        connection_created.connect(switch_to_write_ahead_log, dispatch_uid="write-ahead log")
        # Once for each migration; Django sends the signal for each app that has models, and this one has none.
        post_migrate.connect(sync_roles, sender=apps.get_app_config("auth"), dispatch_uid="roles")
