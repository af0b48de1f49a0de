from postportal.pages.admin.contact_message import ContactMessageAdmin
from postportal.pages.admin.menu_item import MenuItemAdmin
from postportal.pages.admin.page import PageAdmin
from postportal.pages.admin.redirect import RedirectAdmin
from postportal.pages.admin.service_notice import ServiceNoticeAdmin
from postportal.pages.admin.site_settings import SiteSettingsAdmin
from postportal.pages.admin.snippet import SnippetAdmin

__all__ = [
    "ContactMessageAdmin",
    "MenuItemAdmin",
    "PageAdmin",
    "RedirectAdmin",
    "ServiceNoticeAdmin",
    "SiteSettingsAdmin",
    "SnippetAdmin",
]
