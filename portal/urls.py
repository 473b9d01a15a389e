"""One line per app."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import own
from portal import crawlers, feeds, pages
from portal.demo import views as demo
from portal.figures import views as figures
from portal.follows import views as follows
from portal.inbox import views as inbox
from portal.queue import views as queue
from portal.status import views as status
from voting import views as voting
from voting.cards import views as cards

urlpatterns = [
    path("healthz", status.healthz, name="healthz"),
    path("readyz", status.readyz, name="readyz"),
    path("status/", status.site_status, name="site_status"),
    path("figures/", figures.figures, name="figures"),
    path("figures/said/<slug:name>/", figures.outcome, name="outcome"),
    path("feeds/<slug:kind>.atom", feeds.feed, name="feed"),
    path("feeds/<slug:kind>/<slug:slug>.atom", feeds.council_feed, name="council_feed"),
    path("account/", inbox.account, name="account"),
    path("account/follows/", follows.follows, name="follows"),
    path("account/follows/service/", follows.follow_service, name="follow_service"),
    path("account/follows/<slug:kind>/<slug:slug>/", follows.follow, name="follow"),
    path("account/follows/<slug:kind>/<slug:slug>/stop/", follows.stop_following, name="stop_following"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<slug:kind>/<int:key>/take/", queue.take, name="take_from_queue"),
    path("queue/<slug:kind>/<int:key>/give-back/", queue.give_back, name="give_back_to_queue"),
    path("demo/", demo.people, name="demo"),
    path("demo/mail/", demo.mail, name="demo_mail"),
    path("demo/<slug:name>/become/", demo.become, name="demo_become"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("who-may/", pages.who_may, name="who_may"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>.xml", crawlers.sitemap_of_kind, name="sitemap_of_kind"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path(".well-known/change-password", pages.change_password, name="change_password"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("design-system/", include("design_system.urls")),
    path("board/promises/", include("take_up.promise_urls")),
    path("board/", include("steering.urls")),
    path("assets/", include("take_up.urls")),
    path("assets/", include("assets_registry.urls")),
    path("accounts/email/", own.addresses, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("outbox.urls")),
    path("audit/", include("audit.urls")),
    path("councils/", include("councils.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("events.urls")),
    path("votes/", include("voting.urls")),
    path("v/<slug:code>", voting.short, name="vote"),
    # Answered without a session, whoever is signed in: portal.serving.without_session.
    path("card/", cards.vote, name="card"),
    path("card/state/<slug:reference>.json", cards.state, name="card_state"),
    path("card/<path:token>", cards.scanned, name="card_scanned"),
    path("", include("publishing.urls")),
    path("surveys/", include("surveys.urls")),
    path("search/", include("search.urls")),
    path("", include("kpis.urls")),
    path("", include("projects.urls")),
    path("", include(wagtail_urls)),
]

handler429 = "portal.serving.refusals.too_often"  # allauth asks for it
handler400 = "portal.serving.refusals.bad_request"
handler403 = "portal.serving.refusals.forbidden"
handler500 = "portal.serving.refusals.broken"
