"""Changes of everything that readers see, for tests of the page cache: each takes a number that chooses its rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from news.models import (
    Appointment,
    Article,
    Mention,
    Organization,
    OrganizationName,
    Person,
    PersonName,
    Position,
    PositionLabel,
    Section,
    Source,
)
from postportal.images.models import Image
from postportal.pages.models import Page, Redirect
from postportal.publishing.models import State
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow import steps
from postportal.richtext.references import reference_to
from postportal.tags.merging import merge_tags
from services.models import CatalogueReference, Holiday, Hotline, HotlineNumber, Stamp, StampIssue
from tests import page_cache_planned as planned
from tests.factories import editorial, images, news, pages, services
from tests.factories.staff import account

START = dt.datetime(2027, 3, 1, 8, 59, 58, tzinfo=dt.UTC)
SECTIONS, TAGS = ["News", "Transport", "People"], ["Tibet", "Mail", "Horses"]


def _pick(model: Any, n: int) -> Any:
    # The first ones, whose pages are looked at.
    rows = model.objects.order_by("pk")[:3]
    return rows[n % len(rows)] if rows else None


def _section(n: int) -> Section:
    """Return a section, whatever it is called by now."""
    name = SECTIONS[n % 3]
    return Section.objects.filter(slug=name.lower()).first() or news.section(name)


def _save(row: Any, **fields: Any) -> None:
    for name, value in fields.items() if row else ():
        setattr(row, name, value)
    if row:
        row.save()


def _soon(n: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=1 + n % 3)


def _publish(n: int, **fields: Any) -> Article:
    values = {
        "publish_at": timezone.now(),
        "standfirst": "By rail.",
        "dateline_on": dt.date(2026 + n % 2, 1 + n % 3, 1 + n % 5),
        **fields,
    }
    tags = [TAGS[n // 2 % 3]] if n % 2 else None
    return news.article(f"Story {n} of {Article.objects.count()}", section=_section(n), tags=tags, **values)


def _publish_with_picture(n: int) -> None:
    _publish(n, lead_image=images.image(f"Van {n}"))


def _publish_in_chinese(n: int) -> None:
    original = _pick(Article, n)
    _publish(n, language="zh-hans", translation_of=original if original and original.language == "en" else None)


def _tag(n: int) -> None:
    row = _pick(Article, n)
    name = TAGS[n // 3 % 3]
    row.tags.remove(name) if name in row.tags.names() else row.tags.add(name)


def _mention(n: int) -> None:
    row, subject = _pick(Article, n), _pick((Person, Organization)[n % 2], n // 2)
    found = Mention.objects.filter(article=row, **{subject._meta.model_name: subject})
    found.delete() if found else news.mention(subject, article=row)


def _correct_later(n: int) -> None:
    public = Article.objects.filter(state=State.PUBLISHED, publish_at__lte=timezone.now(), expire_at=None)
    row = public.order_by("pk").first()
    if row and open_edition(row) is None:
        author, publisher = (account(is_superuser=True) for _ in range(2))
        editorial.correction(row, by=author, title=f"Corrected {n}")
        steps.perform("submit", row, by=author)
        steps.perform("schedule", row, by=publisher, due_at=_soon(n))


def _schedule(n: int) -> None:
    author, publisher = (account(is_superuser=True) for _ in range(2))
    title = f"Scheduled {n} {Article.objects.count()}"
    editorial.scheduled_article(title, by=author, scheduled_by=publisher, due_at=_soon(n), section=_section(n))


def _withdraw(n: int) -> None:
    state = (State.WITHDRAWN, State.UNPUBLISHED, State.PUBLISHED, State.DRAFT)[n % 4]
    _save(_pick(Article, n // 4), state=state, withdrawal_reason="Recalled.")


def _stamp(n: int) -> None:
    issue = services.stamp_issue(
        f"Horses {n}", issued_on=timezone.localdate() + dt.timedelta(days=n % 3 - 1), tags=TAGS[:1]
    )
    services.stamp(issue, name=f"Foal {n}")


def _hold_designs_back(n: int) -> None:
    day = timezone.localdate() + dt.timedelta(days=n % 3 - 1)
    _save(_pick(StampIssue, n), designs_shown_on=day, lead_image=images.image(f"Mare {n} {_count()}"))


def _open(n: int) -> None:
    hotline = _pick(Hotline, n)
    hotline.opening_hours.all().delete()
    services.opening_hours(hotline, days="0-6", times=f"0{n % 9}:{n % 60:02}-17:30")


def _close(n: int) -> None:
    day = timezone.localdate() + dt.timedelta(days=n % 3)
    _save(_pick(Hotline, n), holiday_calendar=services.holiday_calendar(holidays={day.isoformat(): f"Snow Day {n}"}))


def _former_name(n: int) -> None:
    """Give a person, an organization or a position a former name until a day near the dates of the articles."""
    owner = _pick((Person, Organization, Position)[n % 3], n // 3)
    model: Any = (PersonName, OrganizationName, PositionLabel)[n % 3]
    name = ("person", "organization", "position")[n % 3]
    until = {"until_on": dt.date(2026, 1 + n % 9, 1), **({} if n % 3 == 2 else {"kind": "former"})}
    model.objects.update_or_create(**{name: owner}, defaults={"name": f"Formerly {n}", **until})


def _number_by_date(n: int) -> None:
    """Let a number begin or end on a day near today."""
    day = timezone.localdate() + dt.timedelta(days=n % 3 - 1)
    dates: Any = {"valid_from": day} if n % 2 else {"valid_until": day}
    row = _pick(HotlineNumber, n // 2)
    if row is not None:
        row.valid_from = row.valid_until = None
        _save(row, **dates)


def _refer(n: int) -> None:
    hotline = _pick(Hotline, 0)
    link = f'<p>Call <a href="{reference_to(hotline.pk)}">11185</a>, {n}.</p>'
    _save(_pick((Page, Article)[n % 2], 0), body=link)
    pages.menu_item(f"Call {{number}} {n}", reference_to(hotline.pk))


def _count() -> int:
    """Return a number that is another one after each change."""
    return Image.objects.count() + CatalogueReference.objects.count()


def _merge_tags(n: int) -> None:
    kept, other = _pick(Tag, n), _pick(Tag, n + 1)
    if Tag.objects.count() > 2:
        merge_tags(kept, [other])


def _count_in_bulk(n: int) -> None:
    """Change what the kept numbers count, without a save."""
    rows = Article.objects.filter(pk=_pick(Article, n).pk)
    changes: tuple[dict[str, Any], ...] = (
        {"dateline_on": dt.date(2025 + n % 3, 1 + n % 12, 1)},
        {"state": State.DRAFT, "publish_at": None},
        {"section": _section(n)},
        {"expire_at": _soon(n)},
    )
    rows.update(**changes[n % 4])


STEPS: dict[str, Callable[[int], Any]] = {
    "publish": _publish,
    "publish later": lambda n: _publish(n, publish_at=_soon(n)),
    "publish for a time": lambda n: _publish(n, expire_at=_soon(n)),
    "publish with a picture": _publish_with_picture,
    "publish in Chinese": _publish_in_chinese,
    "draft": lambda n: _publish(n, state=State.DRAFT, publish_at=None),
    "schedule": _schedule,
    "hand over": planned.hand_over,
    "plan a change": planned.plan_change,
    "schedule a correction": _correct_later,
    "retitle": lambda n: _save(_pick(Article, n), title=f"Retitled {n}"),
    "retitle in bulk": lambda n: Article.objects.filter(pk__gte=n % 9).update(title=f"Bulk {n}"),
    "move to a section": lambda n: _save(_pick(Article, n // 3), section=_section(n)),
    "date": lambda n: _save(_pick(Article, n // 9), dateline_on=dt.date(2026, 1 + n % 3, 1 + n % 9)),
    "feature": lambda n: _save(_pick(Article, n // 2), is_featured=bool(n % 2)),
    "name a source": lambda n: _save(_pick(Article, n // 2), source=Source.objects.first() if n % 2 else None),
    "withdraw": _withdraw,
    "delete": lambda n: Article.objects.filter(pk=_pick(Article, n).pk).delete() if Article.objects.count() > 3 else 0,
    "tag": _tag,
    "merge tags": _merge_tags,
    "change numbers in bulk": _count_in_bulk,
    "rename a tag": lambda n: _save(_pick(Tag, n), name=f"Topic {n}"),
    "mention": _mention,
    "rename a person": lambda n: _save(_pick(Person, n), family_name=f"Zhou{n}"),
    "hide a person": lambda n: _save(_pick(Person, n // 2), publish_at=_soon(n) if n % 2 else timezone.now()),
    "former name": _former_name,
    "delete a former name": lambda n: PersonName.objects.filter(person=_pick(Person, n)).delete(),
    "dissolve": lambda n: _save(
        _pick(Organization, n // 2), dissolved_on=timezone.localdate() + dt.timedelta(days=n % 3 - 1) if n % 2 else None
    ),
    "part of": lambda n: _save(_pick(Organization, 1), parent=_pick(Organization, 0) if n % 2 else None),
    "rename an organization": lambda n: _save(_pick(Organization, n), name=f"Railway {n}"),
    "appoint": lambda n: news.appointment(person=_pick(Person, n)),
    "appoint earlier": lambda n: Appointment.objects.update(held_from=timezone.localdate() - dt.timedelta(days=n)),
    "rename a section": lambda n: _save(_pick(Section, n // 2), name=f"Section {n}", name_zh=f"栏目{n}"),
    "menu": lambda n: pages.menu_item(f"Item {n}", ("/news/section/transport/", "/stamps/", "/about/")[n % 3]),
    "name of the site": lambda n: pages.site_settings(name=f"Post {n}"),
    "notice": lambda n: pages.notice(f"Snow {n}", publish_at=_soon(n), expire_at=_soon(n) + dt.timedelta(seconds=2)),
    "hotline": lambda n: _save(_pick(Hotline, n // 2), purpose=f"Parcels {n}", is_on_every_page=bool(n % 2)),
    "opening hours": _open,
    "holiday": _close,
    "rename a holiday": lambda n: _save(_pick(Holiday, n), name=f"Day of the Horse {n}"),
    "number": lambda n: HotlineNumber.objects.update_or_create(
        hotline=_pick(Hotline, n), defaults={"e164": f"+8610{11000 + n}", "scope": "anywhere"}
    ),
    "number by date": _number_by_date,
    "hide a hotline": lambda n: _save(_pick(Hotline, 0), publish_at=_soon(n) if n % 2 else timezone.now()),
    "refer to a hotline": _refer,
    "channel": lambda n: services.channel(_pick(Hotline, n), address=f"help{n}@post.example"),
    "stamp": _stamp,
    "hold designs back": _hold_designs_back,
    "stamp of a partner": lambda n: services.partner_stamp(_pick(StampIssue, n), partner=_pick(Organization, n)),
    "credit": lambda n: services.credit(_pick(StampIssue, n), name=f"He Lan {n}"),
    "number of a catalogue": lambda n: services.catalogue_reference(_pick(StampIssue, n), number=f"{n}-{_count()}"),
    "retitle a stamp issue": lambda n: _save(_pick(StampIssue, n), title=f"Donkeys {n}"),
    "rename a stamp": lambda n: _save(_pick(Stamp, 0), name=f"Mare {n}"),
    "rename a source": lambda n: _save(_pick(Source, 0), name=f"Courier {n}"),
    "describe a picture": lambda n: _save(_pick(Image, n), alt=f"Lorry {n}"),
    "edit a page": lambda n: _save(_pick(Page, n), title=f"About {n}"),
    "redirect": lambda n: (
        Redirect.objects.filter(old_path=f"/old-{n}/").exists() or pages.redirect(f"/old-{n}/", "/news/")
    ),
}
CLOCK_STEPS = {
    "nothing": dt.timedelta(0),
    "a second later": dt.timedelta(seconds=1),
    "two seconds later": dt.timedelta(seconds=2),
    "a minute later": dt.timedelta(minutes=1),
    "at the next hour": dt.timedelta(hours=1),
    "a day later": dt.timedelta(days=1),
    "set back": dt.timedelta(seconds=-1),
}


def make_site() -> None:
    """Create a few rows of each kind, as they are at START."""
    for n in range(9):
        _publish(n, publish_at=START - dt.timedelta(days=n), dateline_on=dt.date(2026, 1 + n, 1))
    for n in range(2):
        news.mention(news.person(f"Deng {n}"), article=_pick(Article, n))
        news.mention(news.organization(f"Qinghai Railway {n}"), article=_pick(Article, n))
    news.appointment(person=_pick(Person, 0), from_on=dt.date(2026, 1, 1))
    services.opening_hours(services.hotline(is_on_every_page=True), days="0-6", times="09:00-17:00")
    _stamp(1)
    _save(_pick(Article, 0), lead_image=images.image("Van"), source=news.source("Source 0"))
    pages.page(path="about")
    pages.menu_item("Transport", "/news/section/transport/")


def public_urls() -> list[str]:
    """Return a few URLs of pages of every kind: of the first rows, which most changes are made to, and lists."""
    rows = [*Article.objects.order_by("pk")[:2], Article.objects.order_by("pk").last()]
    rows += [_pick(model, 0) for model in (Person, Organization, StampIssue, Page)]
    urls = [str(row.get_absolute_url()) for row in rows if row]
    urls += ["/", "/news/", "/news/?page=2", "/news/2026/", "/news/2026/02/", "/news/section/transport/", "/stamps/"]
    urls += ["/services/hotlines/", "/people/", "/feeds/news.atom", "/zh-hans/", "/zh-hans/news/"]
    urls += ["/stamps/makers/", "/stamps/2027/checklist/", "/feeds/stamps.ics", "/feeds/stamps.atom"]
    urls += ["/stamps/themes/", "/stamps/techniques/"]
    urls.append(f"{_pick(Person, 0).get_absolute_url()}news/")
    urls.append(f"{_pick(Person, 0).get_absolute_url()}?on=2026-03-01")
    urls += [f"{_pick(Organization, 0).get_absolute_url()}leadership/{query}" for query in ("", "?on=2026-03-01")]
    urls += [_pick(Position, 0).organization.get_absolute_url()] if Position.objects.exists() else []
    urls += [f"{issue.get_absolute_url()}1/" for issue in [_pick(StampIssue, 0)] if issue]
    if tag := _pick(Tag, 0):
        urls += [f"/stamps/themes/?theme={tag.slug}", f"/feeds/stamps/themes.atom?theme={tag.slug}"]
        urls += [f"/news/tag/{tag.slug}/", f"/feeds/news/tag/{tag.slug}.rss"]
    return list(dict.fromkeys(urls))
