from django.urls import path

from projects.blocks import views as blocks
from projects.cases import views as cases
from projects.discoveries import views as discoveries
from projects.interest import views as interest
from projects.needs.views import actions, joining, register
from projects.portfolio import views as portfolio

app_name = "projects"

urlpatterns = [
    path("needs/", register.need_list, name="needs"),
    path("needs/new/", register.need_new, name="need_new"),
    path("needs/similar", register.need_similar, name="need_similar"),
    path("needs/<slug:slug>/", register.need, name="need"),
    path("needs/<slug:slug>/join/", joining.need_join, name="need_join"),
    path("needs/<slug:slug>/how-it-looks/<slug:council>/", joining.need_say, name="need_say"),
    path("needs/<slug:slug>/leave/<slug:council>/", joining.need_leave, name="need_leave"),
    path("needs/<slug:slug>/edit/", actions.need_edit, name="need_edit"),
    path("needs/<slug:slug>/withdraw/", actions.need_withdraw, name="need_withdraw"),
    path("needs/<slug:slug>/merge/", actions.need_merge, name="need_merge"),
    path("needs/<slug:slug>/gather/", discoveries.need_gather, name="need_gather"),
    path("discoveries/", discoveries.discovery_list, name="discoveries"),
    path("discoveries/new/", discoveries.discovery_new, name="discovery_new"),
    path("discoveries/<slug:slug>/", discoveries.discovery, name="discovery"),
    path("discoveries/<slug:slug>/end-step/", discoveries.discovery_end_step, name="discovery_end_step"),
    path("discoveries/<slug:slug>/prototype/", discoveries.prototype_new, name="prototype_new"),
    path("discoveries/<slug:slug>/<slug:action>/", discoveries.discovery_action, name="discovery_action"),
    path("prototypes/<slug:slug>/", discoveries.prototype, name="prototype"),
    path("prototypes/<slug:slug>/edit/", discoveries.prototype_edit, name="prototype_edit"),
    path("prototypes/<slug:slug>/outline/", discoveries.prototype_outline, name="prototype_outline"),
    path("projects/", portfolio.project_list, name="projects"),
    path("projects/offers/", interest.offer_list, name="offers"),
    path("projects/<slug:slug>/", portfolio.project, name="project"),
    path("projects/<slug:slug>/ask/", portfolio.project_ask, name="project_ask"),
    path("projects/<slug:slug>/edit/", portfolio.project_edit, name="project_edit"),
    path("projects/<slug:slug>/purposes/", portfolio.project_purposes, name="project_purposes"),
    path("projects/<slug:slug>/finish/", portfolio.project_finish, name="project_finish"),
    path("projects/<slug:slug>/nudge/", portfolio.project_nudge, name="project_nudge"),
    path("projects/<slug:slug>/on-record/", portfolio.project_record, name="project_record"),
    path("projects/<slug:slug>/still-accurate/", portfolio.project_confirm, name="project_confirm"),
    path("projects/<slug:slug>/blocks/new/", blocks.block_new, name="block_new"),
    path("projects/<slug:slug>/business-case/", cases.case_edit, name="case_edit"),
    path("projects/<slug:slug>/business-case/submit/", cases.case_submit, name="case_submit"),
    path("projects/<slug:slug>/business-case/compare/", cases.case_compare, name="case_compare"),
    path("projects/<slug:slug>/business-case/<int:version>/", cases.case_version, name="case_version"),
    path("projects/<slug:slug>/offer/<slug:kind>/", interest.project_offer, name="offer"),
    path("projects/<slug:slug>/offers/<int:key>/", interest.interest, name="interest"),
    path("projects/<slug:slug>/<slug:action>/", portfolio.project_action, name="project_action"),
    path("still-accurate/<str:token>/", portfolio.still_accurate, name="still_accurate"),
]
