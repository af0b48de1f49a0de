from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "postportal.pages"
    verbose_name = _("Site")

    def ready(self) -> None:
        import postportal.pages.references  # noqa: F401 - registers what texts show of pages
        from postportal.pages.redirects import REDIRECT_KEEPER
        from postportal.publishing.workflow.url_changes import register_redirects

        register_redirects(REDIRECT_KEEPER)
        # Each app registers its links on the HTML sitemap in its module `html_sitemap`.
        autodiscover_modules("html_sitemap")
