from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from postportal.outbox.routes import REINDEX, UPDATE_LINKS, register_routes
from postportal.roles import register_permissions
from postportal.staff.admin_menu import register_menu_model


class TendersConfig(AppConfig):
    name = "tests.docs.tenders"
    verbose_name = _("tenders")

    def ready(self) -> None:
        label = "tenders.tender"
        register_routes(label, REINDEX, UPDATE_LINKS)
        register_permissions(label, {"Author": "vacd", "Editor": "vacdp", "Publisher": "vacdpw", "Viewer": "v"})
        register_menu_model(label, group="newsroom")
