from django.urls import path

from news import feeds, listings, popolo
from news.views import articles, days, organizations, people
from news.views.articles import ArticleList
from postportal.tags.redirects import redirect_former_slug

app_name = "news"

urlpatterns = [
    path("news/", ArticleList.as_view(get_listing=listings.news_listing), name="articles"),
    path("news/<year:year>/", ArticleList.as_view(get_listing=listings.year_listing), name="year"),
    path("news/<year:year>/<month:month>/", ArticleList.as_view(get_listing=listings.month_listing), name="month"),
    path("news/<day:day>/", ArticleList.as_view(get_listing=listings.day_listing), name="day"),
    path(
        "news/section/<unicode_slug:slug>/", ArticleList.as_view(get_listing=listings.section_listing), name="section"
    ),
    path("news/source/<unicode_slug:slug>/", ArticleList.as_view(get_listing=listings.source_listing), name="source"),
    path(
        "news/tag/<unicode_slug:slug>/",
        redirect_former_slug(ArticleList.as_view(get_listing=listings.tag_listing)),
        name="tag",
    ),
    path("news/<day:day>/<unicode_slug:slug>/", articles.article_detail, name="article"),
    path("people/", people.PersonList.as_view(), name="people"),
    path("people/<unicode_slug:slug>/", people.PersonDetail.as_view(), name="person"),
    path(
        "people/<unicode_slug:slug>/news/", ArticleList.as_view(get_listing=listings.person_listing), name="person_news"
    ),
    path("organizations/", organizations.OrganizationList.as_view(), name="organizations"),
    path("organizations/<unicode_slug:slug>/", organizations.OrganizationDetail.as_view(), name="organization"),
    path("organizations/<unicode_slug:slug>/leadership/", days.leadership, name="leadership"),
    path(
        "organizations/<unicode_slug:slug>/news/",
        ArticleList.as_view(get_listing=listings.organization_listing),
        name="organization_news",
    ),
    path(
        "feeds/news.<feed_format:feed_format>", feeds.article_feed, {"get_listing": listings.news_listing}, name="feed"
    ),
    path(
        "feeds/news/<year:year>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.year_listing},
        name="year_feed",
    ),
    path(
        "feeds/news/<year:year>/<month:month>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.month_listing},
        name="month_feed",
    ),
    path(
        "feeds/news/<day:day>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.day_listing},
        name="day_feed",
    ),
    path(
        "feeds/news/section/<unicode_slug:slug>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.section_listing},
        name="section_feed",
    ),
    path(
        "feeds/news/source/<unicode_slug:slug>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.source_listing},
        name="source_feed",
    ),
    path(
        "feeds/news/tag/<unicode_slug:slug>.<feed_format:feed_format>",
        redirect_former_slug(feeds.article_feed),
        {"get_listing": listings.tag_listing},
        name="tag_feed",
    ),
    path("feeds/people.popolo.json", popolo.popolo, name="popolo"),
    path("feeds/people/<unicode_slug:slug>.vcf", popolo.person_vcard, name="person_vcard"),
    path(
        "feeds/people/<unicode_slug:slug>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.person_listing},
        name="person_feed",
    ),
    path(
        "feeds/organizations/<unicode_slug:slug>.<feed_format:feed_format>",
        feeds.article_feed,
        {"get_listing": listings.organization_listing},
        name="organization_feed",
    ),
]
