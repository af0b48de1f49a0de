"""The pages of the site itself that the search finds."""

from django.utils.translation import gettext_lazy as _

from postportal.search.site_pages import register_page

register_page("home", _("Home page"), names=("home", "start page", "主页", "网站首页"))
register_page(
    "contact:form",
    _("Contact us"),
    lead=_("Send us a question, a complaint or a suggestion, or find our telephone numbers and postal address."),
    names=(
        "contact",
        "contact form",
        "contacts",
        "email",
        "write to us",
        "message",
        "feedback",
        "enquiry",
        "complaint",
        "complaints",
        "complain",
        "make a complaint",
        "suggestion",
        "postal address",
        "联系方式",
        "投诉",
        "投诉建议",
        "意见反馈",
        "留言",
        "咨询",
        "通信地址",
    ),
)
register_page(
    "search",
    _("Search"),
    lead=_("Search the whole site, with filters, phrases and words to exclude."),
    names=("search help", "how to search", "advanced search", "search tips", "archive search", "搜索帮助", "高级搜索"),
)
register_page(
    "pages:sitemap",
    _("Sitemap"),
    lead=_("Links to every part of this site."),
    names=("site map", "everything on this site", "all pages", "index", "contents", "本站内容", "站点地图"),
)
