"""The page of all documents, for the search."""

from django.utils.translation import gettext_lazy as _

from postportal.search.site_pages import register_page

register_page(
    "documents",
    _("Documents"),
    lead=_("Forms, price lists, reports and other files to open or save, newest first."),
    names=("documents", "downloads", "forms", "files", "文件下载", "资料下载", "下载中心"),
)
