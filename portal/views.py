from django.http import HttpRequest, HttpResponse, JsonResponse

from core.permissions import anyone, door


@door(anyone)
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives. Touches nothing."""
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("This form has run out of time.", status=403)
