"""Action bar under the form of an item: its state, the likely next step, and a menu of everything else possible."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from postportal.publishing.models import Edition, Publishable
from postportal.publishing.workflow import stages
from postportal.publishing.workflow.definitions import Menu, Step

# The likely steps at each stage: the first that is offered becomes the filled button.
_LIKELY = {
    stages.DRAFT: ("submit", "publish"),
    stages.REVIEW: ("publish", "approve"),
    stages.SCHEDULED: (),
    stages.LIVE: ("review", "submit"),
    stages.WITHDRAWN: ("review", "submit"),
    stages.UNPUBLISHED: ("publish",),
}


@dataclass(frozen=True)
class BarEntry:
    """A button that saves the form and takes a step, or a link to the page of one."""

    label: str | Promise
    effect: str | Promise
    step: str = ""
    url: str = ""
    is_dangerous: bool = False

    @property
    def has_time(self) -> bool:
        """Return True if the button takes the publication time beside it."""
        return self.step == "schedule" and not self.url


@dataclass
class ActionBar:
    primary: BarEntry | None = None
    groups: dict[Menu, list[BarEntry]] = field(default_factory=lambda: {menu: [] for menu in Menu})
    # Why the user cannot take steps that others could.
    withheld: list[str] = field(default_factory=list)

    @property
    def menu(self) -> list[tuple[Menu, list[BarEntry]]]:
        return list(self.groups.items())


def likely_step(item: Publishable, edition: Edition | None, offered: list[Step]) -> Step | None:
    """Return the step that the user most likely takes next: the only filled button of the form."""
    names = {step.name: step for step in offered}
    likely: tuple[str, ...] = _LIKELY[stages.stage_of(item, edition)]
    if edition is not None and edition.planned_at is not None and stages.stage_of(item, edition) == stages.REVIEW:
        # Somebody has chosen a time for it.
        likely = ("schedule", *likely)
    return next((names[name] for name in likely if name in names), None)


def arrange(
    item: Publishable,
    edition: Edition | None,
    *,
    form_steps: dict[str, Step],
    page_steps: list[tuple[Step, str]],
    withheld: list[str],
) -> ActionBar:
    """Return the bar with the steps that are offered: those that save the form first, and those with a page."""
    urls = {step.name: url for step, url in page_steps}
    offered = [*form_steps.values(), *(step for step, _url in page_steps)]
    likely = likely_step(item, edition, offered)
    bar = ActionBar(withheld=withheld)
    for step in offered:
        entry = BarEntry(
            step.label, step.effect, step.name, urls.get(step.name, ""), is_dangerous=step.menu == Menu.DELETE
        )
        if step is likely:
            bar.primary = entry
        # The time of a schedule stands in the menu, so the button stays beside it.
        if step is not likely or entry.has_time:
            bar.groups[step.menu].append(entry)
    return bar
