"""Who may read which pages, and who may do what with a council's case studies in the admin."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import (
    Collection,
    Page,
    PagePermissionTester,
    PageViewRestriction,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from assets_registry.models import Asset
from core.listing import memory
from core.permissions import EVERYONE, SIGNED_IN, role_label
from councils.models import Membership, Organisation
from councils.permissions import (
    can_contribute_for,
    can_lead,
    can_publish_for,
    contributes,
    councils_of,
    organisations_of,
)
from projects.models import Need
from publishing.blocks.field import BodyField, pictures_in
from publishing.models import (
    CaseStudyPage,
    CouncilPublisherTask,
    EditorTask,
    EvidenceCheck,
    Interview,
    NeedAnswer,
    NewsPage,
    Picture,
    SharedDraft,
)
from publishing.models.answer import council_of
from publishing.models.bundle import bundle_holding
from publishing.models.editorial import Editorial

TAKES_ANSWERS_OFF = "Whoever linked it for its council, or the council’s lead, takes it off."
CONTRIBUTORS = "Council contributors"  # the Django group that opens Wagtail's admin to them; kept by receivers


def public_pages(pages: QuerySet) -> QuerySet:
    """Those of `pages` that are live and that no restriction on them or above them hides."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    # Looked up from the few restrictions there are: a join would try every page beside every other.
    restricted = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
    restricted = restricted.order_by().annotate(below=path).filter(below__startswith=F("path"))
    return pages.filter(~Exists(restricted), live=True)


def visible_case_studies(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Published ones, the withdrawn with their tombstone included: what stands at a public address."""
    return _public_case_studies().all()


@cache
def _public_case_studies() -> QuerySet[CaseStudyPage]:
    """The queryset, which is the same for everybody: built once, evaluated anew each time."""
    return public_pages(CaseStudyPage.objects.all())


def visible_news(user: AnyUser) -> QuerySet[NewsPage]:
    return public_pages(NewsPage.objects.all())


def reader_groups(page: Page) -> list[str]:
    """Who may find a page, as labels: whoever passes every restriction on it and above it; nobody while a draft.

    A shared password lets nobody find a page.
    """
    if not page.live:
        return []
    kinds, groups = set(), []
    for restriction in page.get_view_restrictions().prefetch_related("groups"):
        kinds.add(restriction.restriction_type)
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            groups.append({role_label(group.name) for group in restriction.groups.all()})
    if PageViewRestriction.PASSWORD in kinds:
        return []
    if groups:
        return sorted(set.intersection(*groups))
    return [SIGNED_IN] if kinds else [EVERYONE]


def is_editor(user: AnyUser) -> bool:
    return acts_as(user, Role.EDITOR)


def can_write_case_studies(user: AnyUser) -> bool:
    """Whether someone may write a case study at all: contributors of a council, for theirs, and Alliance editors."""
    return contributes(user) or is_editor(user)


def can_be_interviewed_for(user: AnyUser, council: Any) -> bool:
    """Contributors of a council that exists, for it. Alliance editors belong to none and write in the page editor."""
    return council in councils_of(user, at_least=Membership.Role.CONTRIBUTOR)


def own_interviews(user: AnyUser) -> QuerySet[Interview]:
    """The case studies that somebody has under way, for councils that they still write for."""
    councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Interview.objects.filter(author=user.pk, council__in=councils)


def can_go_on_with_interview(user: AnyUser, interview: Interview) -> bool:
    """Whoever began it, while they write for its council."""
    return interview.author_id == user.pk and can_be_interviewed_for(user, interview.council)


def can_write_news(user: AnyUser) -> bool:
    """Alliance editors and the secretariat; an Alliance editor who did not write it publishes it."""
    return acts_as(user, Role.EDITOR, Role.SECRETARIAT)


def can_write_case_study_for(user: AnyUser, council: Any) -> bool:
    return is_editor(user) or can_contribute_for(user, council)


def can_withdraw_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    """The council's publisher takes back what the council said; an Alliance editor may too."""
    return is_editor(user) or can_publish_for(user, page.council)


def can_bundle(user: AnyUser) -> bool:
    """Alliance editors say which case studies and news go onto the site together, and when."""
    return is_editor(user)


def can_share_draft(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write case studies for its council, and Alliance editors, show its drafts to others by a link."""
    return can_write_case_study_for(user, page.council)


def can_stop_sharing(user: AnyUser, shared: SharedDraft) -> bool:
    """Whoever made the link, the council's publisher and Alliance editors."""
    own = shared.made_by_id == getattr(user, "pk", None) and can_share_draft(user, shared.case_study)
    return own or is_editor(user) or can_publish_for(user, shared.case_study.council)


def can_submit_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    return can_write_case_study_for(user, page.council)


def can_ask_for_a_check(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write for its council, and Alliance editors."""
    return can_write_case_study_for(user, page.council)


def may_check_figures_of(user: AnyUser, page: CaseStudyPage) -> list[Organisation]:
    """The other organisations for which this person may verify its figures.

    None for whoever wrote in it, or belongs to its council as well: a council does not verify itself.
    """
    if page.owner_id == user.pk or page.revisions.filter(user=user.pk).exists():
        return []
    organisations = organisations_of(user)
    return [] if page.council in organisations else list(organisations)


def can_answer_check(user: AnyUser, check: EvidenceCheck) -> bool:
    """The person who was asked, while they belong to the organisation they were asked for."""
    return check.person_id == user.pk and check.organisation in may_check_figures_of(user, check.case_study)


def can_follow_up(user: AnyUser, page: CaseStudyPage) -> bool:
    """Those who write for its council, and the secretariat, say whether it still runs, and what the figure is."""
    return can_contribute_for(user, page.council) or acts_as(user, Role.SECRETARIAT)


def promises_of_visible_case_studies(user: AnyUser) -> Q:
    """The promises that published case studies make, for the ledger; a withdrawn one promises nothing."""
    return Q(of_case_study__case_study__in=visible_case_studies(user).filter(withdrawn_on=None).values("pk"))


def promises_of_case_studies_by(councils: QuerySet[Organisation]) -> Q:
    """The promises that case studies of these councils make."""
    return Q(of_case_study__case_study__council__in=councils)


def promises_of_own_case_studies(user: AnyUser) -> Q:
    """The promises for which those who write for the council answer, while the case study is on the site."""
    councils = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    own = visible_case_studies(user).filter(withdrawn_on=None, council__in=councils)
    return Q(of_case_study__case_study__in=own.values("pk"))


def can_decide_case_study(user: AnyUser, page: CaseStudyPage) -> bool:
    """Whoever the step at which it waits belongs to."""
    task = page.current_workflow_task
    return task is not None and task.may_decide(page, user)


def can_answer_with(user: AnyUser, record: Asset | CaseStudyPage) -> bool:
    """Contributors say which needs their own council's assets and case studies answer."""
    return can_contribute_for(user, council_of(record))


def councils_to_answer_for(user: AnyUser, need: Need) -> list[Organisation]:
    """The reader's councils that may have done it elsewhere: the one that raised the need does not answer itself."""
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return [council for council in own if council.pk != need.council_id]


def can_take_answer_off(user: AnyUser, answer: NeedAnswer) -> bool:
    """Whoever put it there while they contribute for its council, and the council's lead."""
    linked_it = answer.linked_by_id == user.pk and can_contribute_for(user, answer.council)
    return linked_it or can_lead(user, answer.council)


def visible_answers(user: AnyUser) -> QuerySet[NeedAnswer]:
    """Those whose asset or case study stands on the site and is not withdrawn."""
    assets = Asset.objects.published()
    studies = visible_case_studies(user).filter(withdrawn_on=None)
    return NeedAnswer.objects.filter(Q(asset__in=assets.values("pk")) | Q(case_study__in=studies.values("pk")))


def case_studies_behind_the_scenes(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Drafts included: an editor's are all of them, a contributor's those of their own councils."""
    if user.is_authenticated and (user.is_superuser or is_editor(user)):
        return CaseStudyPage.objects.all()
    return CaseStudyPage.objects.filter(council__in=councils_of(user, at_least=Membership.Role.CONTRIBUTOR))


def may_meet_in_admin(user: AnyUser, page_keys: list[int]) -> bool:
    """Whether none of these pages is another council's case study with words that are not on the site."""
    if user.is_superuser or is_editor(user):
        return True
    unpublished = CaseStudyPage.objects.filter(pk__in=page_keys).exclude(live=True, draft_title=F("title"))
    return not unpublished.exclude(pk__in=case_studies_behind_the_scenes(user).values("pk")).exists()


def can_add_pictures(user: AnyUser) -> bool:
    """Whoever writes pages may put pictures on them."""
    return can_write_case_studies(user) or can_write_news(user)


def visible_pictures(user: AnyUser) -> QuerySet[Picture]:
    """Those that a page shows which this person may see, and those of their own councils; an editor sees all."""
    for_others = Picture.objects.exclude(pk__in=_kept_for_others(user))
    if is_editor(user):
        return for_others
    shown_by = (visible_case_studies(user), visible_news(user), case_studies_behind_the_scenes(user))
    shown = Q()
    for pages in shown_by:
        shown |= Q(pk__in=pages.filter(picture__isnull=False).order_by().values("picture"))
    shown |= Q(pk__in=memory.remembered("pictures in public blocks", lambda: _in_blocks_of(public_pages)))
    return for_others.filter(shown | _own_pictures(user))


def _kept_for_others(user: AnyUser) -> QuerySet[Interview]:
    """The keys of the pictures in interviews that somebody else has not sent yet."""
    unsent = Interview.objects.filter(sent_at=None, picture__isnull=False)
    return unsent.exclude(author=user.pk).order_by().values("picture")  # type: ignore[return-value]  # of keys


def is_picture_in_use(picture: Picture) -> bool:
    """Whether a page shows it, in any version of its words."""
    if picture.case_studies.exists() or picture.news.exists() or picture.pk in _in_blocks_of(lambda pages: pages):
        return True
    bodies = Revision.page_revisions.filter(content__body__icontains='"picture').values_list("content__body", flat=True)
    in_versions = Revision.page_revisions.filter(content__picture=picture.pk).exists()
    return in_versions or any(picture.pk in pictures_in(body) for body in bodies)


def _in_blocks_of(pages: Callable[[QuerySet[Any]], QuerySet[Any]]) -> set[int]:
    """The keys of the pictures that stand in blocks on the site, of those pages that `pages` leaves of all."""
    keys: set[int] = set()
    for model in composed_pages():
        bodies = pages(model.objects.order_by()).annotate(said=Cast("body", TextField()))
        for body in bodies.filter(said__contains='"picture"').values_list("body", flat=True):
            keys |= pictures_in(list(body.raw_data))
    return keys


@cache
def composed_pages() -> list[Any]:
    """The types of page that are made of blocks."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and any(isinstance(field, BodyField) for field in model._meta.local_fields)
    ]


def _own_pictures(user: AnyUser) -> Q:
    """Of the councils that somebody writes for; or of no council, and put there by them."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Q(council__in=own) | Q(council=None, uploaded_by_user=user)


def can_see_picture(user: AnyUser, picture: Picture) -> bool:
    return visible_pictures(user).contains(picture)


def changeable_pictures(user: AnyUser) -> QuerySet[Picture]:
    """An editor's are all. Others' are their own, until readers see them or somebody is asked to approve them."""
    if is_editor(user):
        return visible_pictures(user)
    if not can_add_pictures(user):
        return Picture.objects.none()
    shown = [
        Q(pk__in=pages.filter(picture__isnull=False).order_by().values("picture"))
        for pages in (CaseStudyPage.objects.filter(live=True), NewsPage.objects.filter(live=True))
    ]
    others = Q(pk__in=_pictures_to_approve() | _in_blocks_of(lambda pages: pages.filter(live=True)))
    return Picture.objects.filter(_own_pictures(user)).exclude(shown[0] | shown[1] | others)


def _pictures_to_approve() -> set[int]:
    """The keys of those in words that wait for approval, or that are approved and go out later."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    versions = Revision.page_revisions.filter(Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False))
    keys: set[int] = set()
    for picture, body in versions.values_list("content__picture", "content__body"):
        keys |= ({picture} if picture else set()) | pictures_in(body)
    return keys


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's questions about pictures, answered by who writes for which council; collections say nothing."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return can_add_pictures(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return can_add_pictures(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Picture]:
        if not can_add_pictures(user):
            return Picture.objects.none()
        found = visible_pictures(user) if "choose" in actions else changeable_pictures(user)
        return Picture.objects.filter(pk__in=found.values("pk"))  # search narrows by keys alone

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Picture) -> bool:
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Collection]:
        return Collection.objects.all() if can_add_pictures(user) else Collection.objects.none()


def waiting_case_studies(user: AnyUser) -> QuerySet[TaskState]:
    """The steps of approval that wait for this person: none for words that another has to approve."""
    states = TaskState.objects.none()
    for kind in (CouncilPublisherTask, EditorTask):
        for step in kind.objects.filter(active=True) if kind.is_of(user) else ():
            states |= step.get_task_states_user_can_moderate(user)
    # `may_decide` is asked only of pages they wrote in: it bars them from no other.
    own = states.filter(workflow_state__object_id__in=_written_by(user)).select_related("task", "workflow_state")
    barred = [
        state.pk for state in own if not state.task.specific.may_decide(state.workflow_state.content_object, user)
    ]
    return states.exclude(pk__in=barred)


def _written_by(user: AnyUser) -> QuerySet[Revision, str]:
    return Revision.page_revisions.filter(user=user.pk).values("object_id")


def publishes_alone(user: AnyUser, page: Editorial) -> bool:
    """Whether these are this person's own words, which nobody else has approved."""
    return user.pk in page.writers() and not page.is_approved_by_another_than(user)


def returned_case_studies(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Those this person wrote or handed in, and may still change, that were sent back; `why` says what for."""
    sent_back = WorkflowState.objects.filter(
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    mine = Q(owner_id=user.pk) | Exists(sent_back.filter(requested_by_id=user.pk))
    pages = case_studies_behind_the_scenes(user).filter(mine, Exists(sent_back))
    return pages.annotate(why=sent_back.values("current_task_state__comment")[:1]).order_by("pk")


class CouncilPagePolicy(PagePermissionPolicy):
    """Wagtail's rule for pages, except that contributors find no other council's case studies in the admin's lists."""

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        pages = super().explorable_instances(user)
        if user.is_superuser or is_editor(user):
            return pages
        others = CaseStudyPage.objects.exclude(pk__in=case_studies_behind_the_scenes(user).values("pk"))
        return pages.exclude(pk__in=others.values("pk"))


class IndexPermissionTester(PagePermissionTester):
    """Wagtail's questions about the page that others stand under."""

    def can_publish_subpage(self) -> bool:
        """Whoever begins a page would publish it alone."""
        return False

    def can_edit(self) -> bool:
        """Whoever writes what stands in a list does not write the list."""
        return super().can_edit() and (self.user.is_superuser or is_editor(self.user))


class EditorialPermissionTester(PagePermissionTester):
    """Wagtail's questions about a page that two people publish, and whose address stays once it was public."""

    def can_publish(self) -> bool:
        """Whoever publishes, but not past the bundle that holds the page."""
        return self.gives_approval() and (self.page.pk is None or bundle_holding(self.page.pk) is None)

    def gives_approval(self) -> bool:
        """Whether a version may go onto the site by this person's word, at once or with its bundle."""
        return self._publishes() and not publishes_alone(self.user, self.page)

    def _publishes(self) -> bool:
        return super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whoever began a draft, and editors. What was public leaves a trace: only superusers remove it whole."""
        was_public = self.page.live or self.page.first_published_at is not None
        is_theirs = self.page.owner_id == self.user.pk or is_editor(self.user)
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or (is_theirs and not was_public))


class CaseStudyPermissionTester(EditorialPermissionTester):
    """Wagtail's questions about one case study, answered by council; nothing is published past the workflow."""

    def __init__(self, user: Any, page: CaseStudyPage) -> None:
        super().__init__(user, page)
        self._is_editor = user.is_superuser or is_editor(user)
        self._is_theirs = page.council_id is not None and can_contribute_for(user, page.council)

    def can_edit(self) -> bool:
        if not self.user.is_active:
            return False
        if self._is_editor or self._is_theirs:
            return True
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Its council and the editors delete drafts that were never public."""
        if not self.user.is_active:
            return False
        was_public = self.page.live or self.page.first_published_at is not None
        return self.user.is_superuser or ((self._is_editor or self._is_theirs) and not was_public)

    def _publishes(self) -> bool:
        return self.user.is_active and self._is_editor

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._is_editor

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self.can_edit()

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_edit()

    def can_lock(self) -> bool:
        return self.can_edit() and super().can_lock()
