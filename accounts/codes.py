"""What a code to sign in is for, where it was asked for to do something: said on its page and in its mail."""

from django.http import HttpRequest

_KEPT = "code_is_for"


def say_what_for(request: HttpRequest, *, onward: str, page: str, mail: str) -> None:
    """Keep what the next code is for in the session of whoever asks for it; the code leads `onward`."""
    request.session[_KEPT] = {"onward": onward, "page": page, "mail": mail}


def what_for(request: HttpRequest) -> str:
    """What the code is for, in the words of its mail; empty for a code that leads elsewhere."""
    kept = request.session.get(_KEPT)
    here = {request.path, request.GET.get("next"), request.POST.get("next")}
    return kept["mail"] if kept and kept["onward"] in here else ""


def forget_what_for(request: HttpRequest) -> None:
    request.session.pop(_KEPT, None)
