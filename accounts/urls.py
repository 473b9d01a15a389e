from django.urls import path

from accounts.views import own, people

app_name = "accounts"
urlpatterns = [
    path("account/data/", own.data, name="data"),
    path("account/profile/", own.profile, name="profile"),
    path("account/close/", own.close, name="close"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/shut/", people.shut, name="shut"),
    path("people/<int:person_id>/open/", people.open_again, name="open"),
]
