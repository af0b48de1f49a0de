from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        import news.references  # noqa: F401 - registers what texts show of articles, people and organizations
        from news import appointment_triggers
        from news.kept_counts import keep, suspend
        from news.models.section_right import LIMIT
        from postportal.staff.row_limits import register_row_limit

        register_row_limit("news.article", LIMIT)
        pre_migrate.connect(suspend, sender=self, dispatch_uid="article_counts")
        post_migrate.connect(keep, sender=self, dispatch_uid="article_counts")
        post_migrate.connect(appointment_triggers.keep, sender=self, dispatch_uid="appointment_triggers")
