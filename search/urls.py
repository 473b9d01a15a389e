from django.urls import path

from search.saved import views as saved
from search.views import editors, finding

app_name = "search"
urlpatterns = [
    path("", finding.search, name="search"),
    path("suggest", finding.suggest, name="suggest"),
    path("words/", editors.words, name="words"),
    path("words/new/", editors.new_words, name="new_words"),
    path("words/<int:key>/", editors.change_words, name="change_words"),
    path("words/<int:key>/remove/", editors.remove_words, name="remove_words"),
    path("pins/", editors.pins, name="pins"),
    path("pins/new/", editors.new_pin, name="new_pin"),
    path("pins/<int:key>/", editors.change_pin, name="change_pin"),
    path("pins/<int:key>/remove/", editors.remove_pin, name="remove_pin"),
    path("in-vain/", editors.in_vain, name="in_vain"),
    path("save/", saved.save, name="save"),
    path("saved/", saved.saved, name="saved"),
    path("saved/<int:pk>/delete/", saved.delete, name="delete_saved"),
]
