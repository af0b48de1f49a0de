from django.urls import path

from services import calendars, feeds, hsds, wns_sheet
from services.views import (
    hotline_numbers,
    hotlines,
    notices,
    stamp_checklists,
    stamp_issues,
    stamp_lists,
    stamp_programme,
    stamps,
)

app_name = "services"

urlpatterns = [
    path("services/", hotlines.services, name="services"),
    path("services/hotlines/", hotlines.hotlines, name="hotlines"),
    path("services/hotlines/numbers/", hotline_numbers.hotline_numbers, name="hotline_numbers"),
    path("services/notices/", notices.notices, name="notices"),
    path("feeds/notices.ics", calendars.notice_calendar, name="notice_calendar"),
    path("feeds/notices.<feed_format:feed_format>", feeds.notice_feed, name="notice_feed"),
    path("stamps/", stamp_programme.newest_programme, name="stamps"),
    path("stamps/<year:year>/", stamp_programme.programme_of_year, name="stamp_year"),
    path("stamps/year-not-known/", stamp_programme.programme_of_unknown_year, name="stamp_year_unknown"),
    path("stamps/makers/", stamp_lists.stamp_makers, name="stamp_makers"),
    path("stamps/themes/", stamp_lists.stamp_themes, name="stamp_themes"),
    path("stamps/techniques/", stamp_lists.stamp_techniques, name="stamp_techniques"),
    path("stamps/<year:year>/checklist/", stamp_checklists.checklist_of_year, name="stamp_checklist"),
    path("stamps/<unicode_slug:slug>/", stamp_issues.issue_detail, name="stamp_issue"),
    path("stamps/<unicode_slug:slug>/<int:position>/", stamps.stamp_detail, name="stamp"),
    path("feeds/services.hsds.json", hsds.hsds, name="hsds"),
    path("feeds/hotlines.vcf", hsds.hotlines_vcard, name="hotlines_vcard"),
    path("feeds/hotlines/<unicode_slug:slug>.vcf", hsds.hotline_vcard, name="hotline_vcard"),
    path("feeds/stamps/<year:year>.wns.csv", wns_sheet.wns_sheet, name="wns_sheet"),
    path("feeds/stamps.ics", calendars.programme_calendar, name="stamp_calendar"),
    path("feeds/stamps/<year:year>.ics", calendars.programme_calendar, name="stamp_year_calendar"),
    path("feeds/stamps/issue/<unicode_slug:slug>.ics", calendars.issue_calendar, name="stamp_issue_calendar"),
    path("feeds/stamps/makers.<feed_format:feed_format>", feeds.stamp_maker_feed, name="stamp_makers_feed"),
    path("feeds/stamps/themes.<feed_format:feed_format>", feeds.stamp_theme_feed, name="stamp_themes_feed"),
    path("feeds/stamps/techniques.<feed_format:feed_format>", feeds.stamp_technique_feed, name="stamp_techniques_feed"),
    path("feeds/stamps.<feed_format:feed_format>", feeds.stamp_issue_feed, name="stamp_feed"),
    path("feeds/stamps/<year:year>.<feed_format:feed_format>", feeds.stamp_issue_year_feed, name="stamp_year_feed"),
]
