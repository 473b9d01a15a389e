from django.conf import settings


def site(request):
    """The site's name and settings for every template."""
    return {"site_name": settings.SITE_NAME, "is_demo": settings.DEMO}
