from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "postportal.search"

    def ready(self) -> None:
        # Each app registers its searchable kinds and facets in its module `search`.
        autodiscover_modules("search")
