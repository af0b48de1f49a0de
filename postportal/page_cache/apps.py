from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class PageCacheConfig(AppConfig):
    name = "postportal.page_cache"

    def ready(self) -> None:
        from postportal.page_cache import triggers

        sender = apps.get_app_config("page_cache")
        # A migration may remake a table or rename a column that a trigger names.
        pre_migrate.connect(triggers.remove_before_migration, sender=sender, dispatch_uid="page-cache-remove")
        post_migrate.connect(triggers.install_after_migration, sender=sender, dispatch_uid="page-cache-install")
