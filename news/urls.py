from django.urls import path

from news import feeds, listings
from news.views import articles, organizations, people
from news.views.articles import ArticleList

app_name = "news"

urlpatterns = [
    path("news/", ArticleList.as_view(scope_of=listings.everything), name="articles"),
    path("news/<year:year>/", ArticleList.as_view(scope_of=listings.of_year), name="year"),
    path("news/<year:year>/<month:month>/", ArticleList.as_view(scope_of=listings.of_month), name="month"),
    path("news/<day:day>/", ArticleList.as_view(scope_of=listings.of_day), name="day"),
    path("news/section/<slug:slug>/", ArticleList.as_view(scope_of=listings.in_section), name="section"),
    path("news/source/<slug:slug>/", ArticleList.as_view(scope_of=listings.from_source), name="source"),
    path("news/tag/<words:slug>/", ArticleList.as_view(scope_of=listings.tagged), name="tag"),
    path("news/<day:day>/<words:slug>/", articles.article, name="article"),
    path("people/", people.PersonList.as_view(), name="people"),
    path("people/<slug:slug>/", people.PersonDetail.as_view(), name="person"),
    path("people/<slug:slug>/news/", ArticleList.as_view(scope_of=listings.with_person), name="person_news"),
    path("organizations/", organizations.OrganizationList.as_view(), name="organizations"),
    path("organizations/<slug:slug>/", organizations.OrganizationDetail.as_view(), name="organization"),
    path(
        "organizations/<slug:slug>/news/",
        ArticleList.as_view(scope_of=listings.with_organization),
        name="organization_news",
    ),
    path("feeds/news.<feed_form:form>", feeds.news, {"scope_of": listings.everything}, name="feed"),
    path("feeds/news/<year:year>.<feed_form:form>", feeds.news, {"scope_of": listings.of_year}, name="year_feed"),
    path(
        "feeds/news/<year:year>/<month:month>.<feed_form:form>",
        feeds.news,
        {"scope_of": listings.of_month},
        name="month_feed",
    ),
    path("feeds/news/<day:day>.<feed_form:form>", feeds.news, {"scope_of": listings.of_day}, name="day_feed"),
    path(
        "feeds/news/section/<slug:slug>.<feed_form:form>",
        feeds.news,
        {"scope_of": listings.in_section},
        name="section_feed",
    ),
    path(
        "feeds/news/source/<slug:slug>.<feed_form:form>",
        feeds.news,
        {"scope_of": listings.from_source},
        name="source_feed",
    ),
    path("feeds/news/tag/<words:slug>.<feed_form:form>", feeds.news, {"scope_of": listings.tagged}, name="tag_feed"),
    path(
        "feeds/people/<slug:slug>.<feed_form:form>", feeds.news, {"scope_of": listings.with_person}, name="person_feed"
    ),
    path(
        "feeds/organizations/<slug:slug>.<feed_form:form>",
        feeds.news,
        {"scope_of": listings.with_organization},
        name="organization_feed",
    ),
]
