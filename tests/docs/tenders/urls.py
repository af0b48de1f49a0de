from django.urls import path

from tests.docs.tenders import feeds, views

app_name = "tenders"
urlpatterns = [
    path("tenders/", views.TenderList.as_view(), name="tenders"),
    path("tenders/<unicode_slug:slug>/", views.tender_detail, name="tender"),
    path("feeds/tenders.<feed_format:feed_format>", feeds.tender_feed, name="feed"),
]
