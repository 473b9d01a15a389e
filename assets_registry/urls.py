from django.urls import path

from assets_registry import views
from assets_registry.health import views as health
from assets_registry.history.views import history
from assets_registry.uploads import views as uploads

app_name = "assets_registry"
urlpatterns = [
    path("", views.assets, name="list"),
    path("register/", views.register, name="register"),
    path("upload/", uploads.upload, name="upload"),
    path("uploads/<int:key>/", uploads.upload_progress, name="upload_progress"),
    path("catalogue.json", views.catalogue, name="catalogue"),
    path("catalogue.jsonld", views.dcat, name="dcat"),
    path("stewards/", health.stewards, name="stewards"),
    path("problems/<int:key>/answer/", health.answer_problem, name="answer_problem"),
    path("<slug:slug>/", views.asset, name="detail"),
    path("<slug:slug>/report/", health.report_problem, name="report_problem"),
    path("<slug:slug>/problems/", health.problems, name="problems"),
    path("<slug:slug>/hand-over/", health.hand_over, name="hand_over"),
    path("<slug:slug>/public-code/", health.public_code, name="public_code"),
    path("<slug:slug>/public-code/print/", health.public_code_to_print, name="public_code_to_print"),
    path("<slug:slug>/public-code/answer/", health.answer_public_code, name="answer_public_code"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/details/", views.details, name="details"),
    path("<slug:slug>/history/", history, name="history"),
    path("<slug:slug>/versions/", views.versions, name="versions"),
    path("<slug:slug>/versions/add/", views.add_version, name="add_version"),
    path("<slug:slug>/versions/<int:number>/", views.change_version, name="change_version"),
    path("<slug:slug>/links/", views.links, name="links"),
    path("<slug:slug>/links/<int:number>/remove/", views.remove_link, name="remove_link"),
    path("<slug:slug>/verify/", views.verify, name="verify"),
    path("<slug:slug>/ask/", views.ask_owner, name="ask"),
    path("<slug:slug>/picture/", views.picture, name="picture"),
    path("<slug:slug>/publiccode.yml", views.publiccode_file, name="publiccode"),
    path("<slug:slug>/codemeta.json", views.codemeta_file, name="codemeta"),
    path("<slug:slug>/submit/", views.submit, name="submit"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
    path("<slug:slug>/approve/", views.approve, name="approve"),
    path("<slug:slug>/return/", views.send_back, name="return"),
    path("<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/checked/", views.checked, name="checked"),
]
