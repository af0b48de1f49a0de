from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "postportal.images"
    label = "images"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from postportal.images import text_pictures  # noqa: F401 - registers what texts show of pictures
        from postportal.images.public_uses import check_public_uses
        from postportal.images.storage_check import check_media_storage
        from postportal.images.withdrawn_pictures import hide_pictures
        from postportal.publishing.visibility import register_picture_filter

        checks.register(check_public_uses)
        checks.register(check_media_storage, deploy=True)
        register_picture_filter(hide_pictures)
