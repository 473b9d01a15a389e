"""Browsers that are kept: to open one and let it read style sheets and scripts costs more than the page it is for."""

from playwright.sync_api import Browser, BrowserContext

# How long a browser waits for what it is promised, in ms: longer than a slow machine takes, and shorter than the 20
# and 30 s after which a desk and a secret vote ask anew, so that what should come at once is not mistaken for that.
PATIENCE = 15_000


class Browsers:
    """Those that nobody has at the moment, by width and whether they run scripts. Who takes one finds nothing in it.

    What was fetched stays, as long as the site allows it to be kept without asking again.
    """

    def __init__(self, chromium: Browser, site: str) -> None:
        self._chromium, self._site = chromium, site
        self._idle: dict[tuple[int, bool], list[BrowserContext]] = {}
        self._kinds: dict[BrowserContext, tuple[int, bool]] = {}

    def take(self, width: int, scripts: bool) -> BrowserContext:
        kind = (width, scripts)
        if waiting := self._idle.get(kind):
            return waiting.pop()
        context = self._chromium.new_context(
            base_url=self._site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        self._kinds[context] = kind
        return context

    def give_back(self, context: BrowserContext) -> None:
        """Leave nothing behind: no page, cookie, stored word or permission, no route, no line that is off."""
        for page in context.pages[1:]:
            page.close()
        if context.pages:
            last = context.pages[0]
            about = {"origin": self._site, "storageTypes": "local_storage,indexeddb,cache_storage,service_workers"}
            context.new_cdp_session(last).send("Storage.clearDataForOrigin", about)
            last.close()
        context.clear_cookies()
        context.clear_permissions()
        context.unroute_all()
        context.set_offline(False)
        self._idle.setdefault(self._kinds[context], []).append(context)
