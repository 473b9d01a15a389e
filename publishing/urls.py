from django.urls import path, register_converter

from publishing import evidence_views as evidence
from publishing import views
from publishing.addresses import FileNameConverter
from publishing.bundles import views as bundles
from publishing.interview import views as interview
from publishing.shared import views as shared

register_converter(FileNameConverter, "file")

app_name = "publishing"
urlpatterns = [
    path("case-studies/new/", interview.new, name="new"),
    path("case-studies/new/editor/", views.new_in_editor, name="new_in_editor"),
    path("case-studies/new/<int:key>/", interview.resume, name="resume_interview"),
    path("case-studies/new/<int:key>/check/", interview.check, name="check_interview"),
    path("case-studies/new/<int:key>/throw-away/", interview.give_up, name="give_up_interview"),
    path("case-studies/new/<int:key>/<int:number>/", interview.question, name="question"),
    path("case-studies/<int:key>/share/", shared.share, name="share"),
    path("case-studies/<int:key>/share/<int:link>/stop/", shared.stop, name="stop_sharing"),
    path("drafts/<str:token>/", shared.draft, name="shared_draft"),
    path("bundles/", bundles.bundles, name="bundles"),
    path("bundles/<int:key>/", bundles.bundle, name="bundle"),
    path("bundles/<int:key>/change/", bundles.change, name="change_bundle"),
    path("bundles/<int:key>/release/", bundles.release, name="release_bundle"),
    path("bundles/<int:key>/pages/<int:page>/take-out/", bundles.take_out, name="take_out_of_bundle"),
    path("news/new/", views.write_news, name="write_news"),
    path("media/images/<file:name>", views.picture, name="picture"),
    path("media/original_images/<file:name>", views.uploaded_picture, name="uploaded_picture"),
    path("needs/<slug:slug>/done/", views.need_done, name="need_done"),
    path("needs/<slug:slug>/done/<int:key>/", views.need_undone, name="need_undone"),
    path("case-studies/<slug:slug>/check/", evidence.ask_for_a_check, name="ask_for_check"),
    path("case-studies/<slug:slug>/check/<int:key>/", evidence.answer_a_check, name="answer_check"),
    path("case-studies/<slug:slug>/still-running/", evidence.follow_up, name="follow_up"),
    path("case-studies/<slug:slug>/ask/", views.ask_council, name="ask"),
    path("case-studies/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
