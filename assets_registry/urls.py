from django.urls import path

from assets_registry import views

app_name = "assets_registry"
urlpatterns = [
    path("", views.assets, name="list"),
    path("register/", views.register, name="register"),
    path("catalogue.json", views.catalogue, name="catalogue"),
    path("catalogue.jsonld", views.dcat, name="dcat"),
    path("<slug:slug>/", views.asset, name="detail"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
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
