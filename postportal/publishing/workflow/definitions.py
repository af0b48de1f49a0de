"""Definitions of the workflow steps: everything about a step is in its entry of STEPS."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import Action
from postportal.publishing.models import Comment, Edition
from postportal.publishing.workflow import changes, rules
from postportal.publishing.workflow.rules import Attempt, Rule
from postportal.publishing.workflow.stages import DRAFT, LIVE, REVIEW, SCHEDULED, UNPUBLISHED, WITHDRAWN


class Menu(TextChoices):
    """Groups of the menu in the action bar, in their order."""

    PUBLISH = "publish", _("Publish")
    REVIEW = "review", _("Review")
    TAKE_DOWN = "take_down", _("Take down")
    DELETE = "delete", _("Delete")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the workflow. Texts may contain %(item)s, and `result` %(time)s for the publication time."""

    name: str
    # Texts for staff: on the button, on the page before the step is taken, and afterwards.
    label: str | Promise
    effect: str | Promise
    result: str | Promise
    # "change", "publish" or "control" on the model of the item.
    permission: str
    start_stages: tuple[str, ...]
    # Reasons to refuse the step that the user cannot settle in the form of the step, and those that they can.
    rules: tuple[Rule, ...] = ()
    input_rules: tuple[Rule, ...] = ()
    # The step is not offered at all if one of these refuses. Of the second kind, the menu gives the reasons.
    offer_rules: tuple[Rule, ...] = ()
    explained_rules: tuple[Rule, ...] = ()
    apply: Callable[[Attempt], Edition | None]
    # Changes the row that readers see, whatever the stage of the open edition.
    acts_on_live_row: bool = False
    # Where the action bar lists it.
    menu: Menu = Menu.REVIEW
    # Fields of the form.
    needs_reason: bool = False
    needs_publish_time: bool = False
    accepts_change_note: bool = False
    accepts_redirect: bool = False
    # A button of the item's own form, which is saved first. The other steps have a page.
    saves_form: bool = False
    # A step that is sent twice is taken once: at this stage the user is only told so.
    done_stage: str = ""
    already_done: str | Promise = ""
    log_action: Action
    # Colleagues see the comment with the item, and those who can act on it are emailed.
    comment_kind: Comment.Kind | None = None


_ALL = (
    Step(
        name="submit",
        label=_("Submit for review"),
        effect=_("Colleagues who can publish this item are asked to review it."),
        result=_("“%(item)s” was submitted for review."),
        permission="change",
        start_stages=(DRAFT,),
        rules=(rules.require_complete,),
        apply=changes.submit,
        saves_form=True,
        done_stage=REVIEW,
        already_done=_("“%(item)s” is already in review."),
        log_action=Action.SUBMIT,
        comment_kind=Comment.Kind.SUBMITTED,
    ),
    Step(
        name="return",
        label=_("Return to writer"),
        effect=_("The item becomes a draft again. The writer sees your reason."),
        result=_("“%(item)s” was returned to the writer."),
        permission="publish",
        start_stages=(REVIEW,),
        apply=changes.return_to_writer,
        needs_reason=True,
        done_stage=DRAFT,
        already_done=_("“%(item)s” is already a draft."),
        log_action=Action.RETURN,
        comment_kind=Comment.Kind.RETURNED,
    ),
    Step(
        name="approve",
        label=_("Approve"),
        effect=_("The item can then be published or scheduled."),
        result=_("“%(item)s” was approved."),
        permission="publish",
        start_stages=(REVIEW,),
        rules=(rules.forbid_own_approval, rules.require_complete),
        offer_rules=(rules.require_unapproved,),
        explained_rules=(rules.forbid_own_approval,),
        apply=changes.approve,
        log_action=Action.APPROVE,
        comment_kind=Comment.Kind.APPROVED,
    ),
    Step(
        name="publish",
        label=_("Publish now"),
        effect=_("Readers can see the item immediately."),
        result=_("“%(item)s” was published."),
        permission="publish",
        menu=Menu.PUBLISH,
        start_stages=(DRAFT, REVIEW, SCHEDULED, UNPUBLISHED),
        rules=(
            rules.forbid_in_release,
            rules.protect_embargo,
            rules.protect_unpublished,
            rules.require_second_person,
            rules.require_not_expired,
            rules.require_complete,
        ),
        explained_rules=(
            rules.forbid_in_release,
            rules.protect_embargo,
            rules.protect_unpublished,
            rules.require_second_person,
        ),
        apply=changes.publish,
        accepts_change_note=True,
        saves_form=True,
        done_stage=LIVE,
        already_done=_("“%(item)s” is already published."),
        log_action=Action.PUBLISH,
    ),
    Step(
        name="schedule",
        label=_("Schedule"),
        effect=_("The item will be published at the time you choose."),
        result=_("“%(item)s” will be published on %(time)s."),
        permission="publish",
        menu=Menu.PUBLISH,
        start_stages=(DRAFT, REVIEW, UNPUBLISHED),
        rules=(
            rules.forbid_in_release,
            rules.protect_unpublished,
            rules.require_second_person,
            rules.require_complete,
        ),
        input_rules=(rules.require_future, rules.require_later_expiry),
        explained_rules=(rules.forbid_in_release, rules.protect_unpublished, rules.require_second_person),
        apply=changes.schedule,
        needs_publish_time=True,
        accepts_change_note=True,
        saves_form=True,
        done_stage=SCHEDULED,
        already_done=_("“%(item)s” is already scheduled."),
        log_action=Action.SCHEDULE,
    ),
    Step(
        name="unschedule",
        label=_("Cancel schedule"),
        effect=_("The item becomes a draft again and is not published automatically."),
        result=_("The schedule of “%(item)s” was cancelled."),
        permission="publish",
        menu=Menu.PUBLISH,
        start_stages=(SCHEDULED,),
        rules=(rules.forbid_in_release, rules.protect_embargo),
        explained_rules=(rules.forbid_in_release, rules.protect_embargo),
        apply=changes.unschedule,
        done_stage=DRAFT,
        already_done=_("“%(item)s” is not scheduled."),
        log_action=Action.UNSCHEDULE,
    ),
    Step(
        name="force",
        label=_("Publish without review"),
        effect=_(
            "Readers can see the item immediately. "
            "It is listed under “Published without review” until someone else approves it."
        ),
        result=_("“%(item)s” was published without review."),
        permission="control",
        menu=Menu.PUBLISH,
        start_stages=(DRAFT, REVIEW),
        rules=(rules.forbid_in_release, rules.require_not_expired, rules.require_complete),
        offer_rules=(rules.require_unapproved,),
        explained_rules=(rules.forbid_in_release,),
        apply=changes.publish_without_review,
        needs_reason=True,
        accepts_change_note=True,
        done_stage=LIVE,
        already_done=_("“%(item)s” is already published."),
        log_action=Action.FORCE_PUBLISH,
        comment_kind=Comment.Kind.FORCED,
    ),
    Step(
        name="review",
        label=_("Approve after publication"),
        effect=_("The item is no longer listed under “Published without review”."),
        result=_("“%(item)s” was approved."),
        permission="publish",
        start_stages=(LIVE, WITHDRAWN),
        rules=(rules.require_unreviewed, rules.require_uninvolved_approver),
        offer_rules=(rules.require_unreviewed,),
        explained_rules=(rules.require_uninvolved_approver,),
        apply=changes.approve_after_publication,
        acts_on_live_row=True,
        log_action=Action.REVIEW,
        comment_kind=Comment.Kind.REVIEWED,
    ),
    Step(
        name="withdraw",
        label=_("Withdraw"),
        effect=_(
            "The page stays online with a notice that gives your reason. "
            "The item no longer appears in lists and search results."
        ),
        result=_("“%(item)s” was withdrawn. Its page shows your reason."),
        permission="control",
        menu=Menu.TAKE_DOWN,
        start_stages=(LIVE,),
        apply=changes.withdraw,
        acts_on_live_row=True,
        needs_reason=True,
        done_stage=WITHDRAWN,
        already_done=_("“%(item)s” is already withdrawn."),
        log_action=Action.WITHDRAW,
    ),
    Step(
        name="unpublish",
        label=_("Unpublish"),
        effect=_("The page is removed. Readers who open its URL see your reason."),
        result=_("“%(item)s” was unpublished. Its URL shows your reason."),
        permission="control",
        menu=Menu.TAKE_DOWN,
        start_stages=(LIVE, WITHDRAWN),
        apply=changes.unpublish,
        acts_on_live_row=True,
        needs_reason=True,
        accepts_redirect=True,
        done_stage=UNPUBLISHED,
        already_done=_("“%(item)s” is already unpublished."),
        log_action=Action.UNPUBLISH,
    ),
    Step(
        name="reinstate",
        label=_("Reinstate"),
        effect=_("The notice is removed, and the item appears in lists and search results again."),
        result=_("“%(item)s” was reinstated."),
        permission="control",
        menu=Menu.TAKE_DOWN,
        start_stages=(WITHDRAWN,),
        apply=changes.reinstate,
        acts_on_live_row=True,
        done_stage=LIVE,
        already_done=_("“%(item)s” is already live."),
        log_action=Action.REINSTATE,
    ),
    Step(
        name="discard",
        label=_("Discard unpublished changes"),
        effect=_("The live text stays as it is. The discarded changes remain in the history."),
        result=_("The unpublished changes to “%(item)s” were discarded."),
        permission="change",
        menu=Menu.DELETE,
        start_stages=(DRAFT, REVIEW),
        rules=(rules.require_unpublished_changes,),
        offer_rules=(rules.require_unpublished_changes,),
        apply=changes.discard,
        log_action=Action.DISCARD,
    ),
)
STEPS = {step.name: step for step in _ALL}
