from django.urls import path

from search import views
from search.saved import views as saved

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest", views.suggest, name="suggest"),
    path("save/", saved.save, name="save"),
    path("saved/", saved.saved, name="saved"),
    path("saved/<int:pk>/delete/", saved.delete, name="delete_saved"),
]
