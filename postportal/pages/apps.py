from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "postportal.pages"
    verbose_name = _("site")

    def ready(self) -> None:
        from postportal.pages.addresses import KEEPER
        from postportal.publishing.addresses import register

        register(KEEPER)
        # Each app names its part of the sitemap for people in its module `contents`.
        autodiscover_modules("contents")
