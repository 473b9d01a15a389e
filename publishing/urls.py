from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("case-studies/new/", views.new, name="new"),
    path("media/images/<str:name>", views.picture, name="picture"),
    path("media/original_images/<str:name>", views.uploaded_picture, name="uploaded_picture"),
    path("case-studies/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
