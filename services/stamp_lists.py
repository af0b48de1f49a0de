"""Lists of stamp issues over all years: by who made them, by theme and by printing process."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from postportal.tags.models import TagSpelling
from postportal.text.folding import fold_name
from postportal.text.tidying import tidy_line
from services.models import Credit, StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet

MAKERS, THEMES, TECHNIQUES = KINDS = ("makers", "themes", "techniques")
# SQLite refuses long patterns.
MAX_PREFIX_LENGTH = 100
# The parameter that names one list.
PARAMETERS = {MAKERS: "name", THEMES: "theme", TECHNIQUES: "name"}


class StampList(NamedTuple):
    """The issues that share a value: `value` is in the URL, `name` is what readers call it."""

    kind: str
    value: str
    name: str

    @property
    def title(self) -> str:
        titles = {
            MAKERS: _("Stamp issues by %(name)s"),
            THEMES: _("Stamp issues on %(name)s"),
            TECHNIQUES: _("Stamp issues in %(name)s"),
        }
        return titles[self.kind] % {"name": self.name}

    @property
    def description(self) -> str:
        descriptions = {
            MAKERS: _("All stamp issues that credit %(name)s, newest first."),
            THEMES: _("All stamp issues on the theme %(name)s, newest first."),
            TECHNIQUES: _("All stamp issues with the printing process %(name)s, newest first."),
        }
        return descriptions[self.kind] % {"name": self.name}

    @property
    def query(self) -> dict[str, str]:
        return {PARAMETERS[self.kind]: self.value}

    @property
    def url(self) -> str:
        return f"{self.all_url}?{urlencode(self.query)}"

    @property
    def all_url(self) -> str:
        return reverse(f"services:stamp_{self.kind}")

    @property
    def all_title(self) -> str:
        return title_of(self.kind)

    def feed_url(self, feed_format: str) -> str:
        return f"{reverse(f'services:stamp_{self.kind}_feed', args=[feed_format])}?{urlencode(self.query)}"

    @property
    def atom_url(self) -> str:
        return self.feed_url("atom")

    @property
    def rss_url(self) -> str:
        return self.feed_url("rss")

    def issues(self, public: StampIssueQuerySet) -> StampIssueQuerySet:
        if self.kind == MAKERS:
            return public.filter(pk__in=Credit.objects.filter(name=self.value).values("issue"))
        column = "tags__slug" if self.kind == THEMES else "process"
        return public.filter(**{column: self.value})


def public_lists(kind: str, public: StampIssueQuerySet) -> QuerySet[Any, Any]:
    """Return the lists of this kind that have an issue among the public ones: value and name of each, by name."""
    if kind == MAKERS:
        rows: Any = Credit.objects.filter(issue__in=public.values("pk"))
        value = name = "name"
    elif kind == THEMES:
        rows = Tag.objects.filter(Exists(public.filter(tags=OuterRef("pk"))))
        value, name = "slug", "name"
    else:
        rows = public.exclude(process="")
        value = name = "process"
    found = rows.annotate(list_value=F(value), list_name=F(name)).values_list("list_value", "list_name")
    return found.distinct().order_by("list_name", "list_value")  # type: ignore[no-any-return]


def all_public_lists(public: StampIssueQuerySet, conditions: dict[str, Q] | None = None) -> QuerySet[Any, Any]:
    """Return value, name and kind of the lists of all kinds, by name, in one query. Only those that meet the condition
    of their kind, if there are any."""
    queries = []
    for kind in KINDS:
        rows = public_lists(kind, public).filter((conditions or {}).get(kind, Q()))
        queries.append(rows.order_by().annotate(list_kind=Value(kind, CharField())))
    return queries[0].union(*queries[1:]).order_by("list_name", "list_kind", "list_value")  # type: ignore[no-any-return]


def lists_completing(typed: str, public: StampIssueQuerySet, *, limit: int) -> list[StampList]:
    """Return lists with a public issue, to suggest while somebody types: names of which a word begins with the text,
    and themes that begin with it. Takes one query."""
    folded = fold_name(typed[:MAX_PREFIX_LENGTH])
    if not folded:
        return []
    conditions = {
        MAKERS: _has_word_beginning("folded_name", folded),
        THEMES: Q(pk__in=TagSpelling.objects.beginning_with(typed[:MAX_PREFIX_LENGTH]).values("tag")),
        TECHNIQUES: _has_word_beginning("folded_process", folded),
    }
    rows = all_public_lists(public, conditions)[:limit]
    return [StampList(kind, value, name) for value, name, kind in rows]


def _has_word_beginning(column: str, folded: str) -> Q:
    return Q(**{f"{column}__startswith": folded}) | Q(**{f"{column}__contains": f" {folded}"})


def title_of(kind: str) -> str:
    """Return the title of the page with all lists of this kind."""
    titles = {
        MAKERS: _("Designers, engravers and printers of stamps"),
        THEMES: _("Themes of stamps"),
        TECHNIQUES: _("Printing processes of stamps"),
    }
    return titles[kind]


def description_of(kind: str) -> str:
    """Return what the page with all lists of this kind contains."""
    descriptions = {
        MAKERS: _("Everybody credited in a stamp issue: designers, engravers, artists, photographers and printers."),
        THEMES: _("The themes of all stamp issues, whatever the year."),
        TECHNIQUES: _("The printing processes of all stamp issues, whatever the year."),
    }
    return descriptions[kind]


def requested_list(kind: str, typed: str) -> StampList | None:
    """Return the list that a URL asks for, None if it asks for all. Raises Http404 for a theme that does not exist;
    whether a list has issues is for the caller to see."""
    value = tidy_line(typed)
    if not value:
        return None
    if kind != THEMES:
        return StampList(kind, value, value)
    tag = Tag.objects.filter(slug=value).first()
    if tag is None:
        raise Http404(_("There is no such theme."))
    return StampList(kind, tag.slug, tag.name)


def technique_list(issue: StampIssue) -> StampList | None:
    """Return the list of all issues with the printing process of this one."""
    return StampList(TECHNIQUES, issue.process, issue.process) if issue.process else None
