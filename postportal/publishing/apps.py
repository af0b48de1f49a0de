from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from postportal.web.site_url import check_site_url


class PublishingConfig(AppConfig):
    name = "postportal.publishing"

    def ready(self) -> None:
        from postportal.publishing.models.site_identity import establish_identity
        from postportal.publishing.signals import connect

        connect()
        checks.register(check_site_url)
        post_migrate.connect(establish_identity, sender=self, dispatch_uid="site_identity")
