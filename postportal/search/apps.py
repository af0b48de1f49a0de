from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from postportal.staff import text_search


class SearchConfig(AppConfig):
    name = "postportal.search"

    def ready(self) -> None:
        # Each app registers its searchable kinds and facets in its module `search`, and its pages that are not rows in
        # its module `site_pages`.
        autodiscover_modules("search", "site_pages")
        from postportal.search.site_pages import sync_after_migration
        from postportal.search.staff_search import find_rows

        text_search.register(find_rows)
        post_migrate.connect(sync_after_migration, sender=self, dispatch_uid="site_pages")
