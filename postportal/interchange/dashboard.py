"""Staff pages of exports and imports, and the link to them above each list of a register."""

from postportal.interchange import long_import_views, views
from postportal.staff.admin_pages import register_admin_page
from postportal.staff.list_links import register_list_link

register_admin_page("registers/<slug:name>/", views.exchange_view, name="register")
register_admin_page("registers/<slug:name>/export/", views.export_view, name="register_export")
register_admin_page("registers/<slug:name>/import/", views.import_view, name="register_import")
register_admin_page("registers/<slug:name>/import/confirm/", views.confirm_view, name="register_confirm")
register_admin_page("registers/<slug:name>/imports/<uuid:key>/", long_import_views.long_import_view, name="long_import")
register_list_link(views.exchange_link)
