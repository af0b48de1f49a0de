from django.urls import path

from postportal.pages.views import pages

app_name = "pages"
urlpatterns = [
    path("sitemap/", pages.sitemap, name="sitemap"),
    path("<page_path:path>/", pages.page_detail, name="page"),
]
