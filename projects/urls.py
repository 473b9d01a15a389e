from django.urls import path

from projects.views import discoveries, joining, need_deeds, needs, projects, prototypes

app_name = "projects"

urlpatterns = [
    path("needs/", needs.need_list, name="needs"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/similar", needs.need_similar, name="need_similar"),
    path("needs/<slug:slug>/", needs.need, name="need"),
    path("needs/<slug:slug>/join/", joining.need_join, name="need_join"),
    path("needs/<slug:slug>/how-it-looks/<slug:council>/", joining.need_say, name="need_say"),
    path("needs/<slug:slug>/leave/<slug:council>/", joining.need_leave, name="need_leave"),
    path("needs/<slug:slug>/edit/", need_deeds.need_edit, name="need_edit"),
    path("needs/<slug:slug>/withdraw/", need_deeds.need_withdraw, name="need_withdraw"),
    path("needs/<slug:slug>/merge/", need_deeds.need_merge, name="need_merge"),
    path("needs/<slug:slug>/gather/", need_deeds.need_gather, name="need_gather"),
    path("discoveries/", discoveries.discovery_list, name="discoveries"),
    path("discoveries/new/", discoveries.discovery_new, name="discovery_new"),
    path("discoveries/<slug:slug>/", discoveries.discovery, name="discovery"),
    path("discoveries/<slug:slug>/end-step/", discoveries.discovery_end_step, name="discovery_end_step"),
    path("discoveries/<slug:slug>/prototype/", prototypes.prototype_new, name="prototype_new"),
    path("discoveries/<slug:slug>/<slug:deed>/", discoveries.discovery_deed, name="discovery_deed"),
    path("prototypes/<slug:slug>/", prototypes.prototype, name="prototype"),
    path("prototypes/<slug:slug>/edit/", prototypes.prototype_edit, name="prototype_edit"),
    path("prototypes/<slug:slug>/outline/", prototypes.prototype_outline, name="prototype_outline"),
    path("projects/", projects.project_list, name="projects"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>/ask/", projects.project_ask, name="project_ask"),
    path("projects/<slug:slug>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<slug:slug>/finish/", projects.project_finish, name="project_finish"),
    path("projects/<slug:slug>/business-case/", projects.case_edit, name="case_edit"),
    path("projects/<slug:slug>/business-case/submit/", projects.case_submit, name="case_submit"),
    path("projects/<slug:slug>/<slug:deed>/", projects.project_deed, name="project_deed"),
]
