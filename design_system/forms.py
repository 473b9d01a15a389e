from django.forms.renderers import TemplatesSetting


class DesignSystemRenderer(TemplatesSetting):
    """Every form of the site, allauth's and Wagtail's form pages too, in GOV.UK patterns."""
