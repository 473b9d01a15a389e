from django.conf import settings


def site(request):
    """What every page knows of the site."""
    return {"site_name": settings.SITE_NAME, "is_demo": settings.DEMO}
