"""What is the same everywhere, in titled sections. Every variable is explained in `.env.example`."""

import gc
import re
from email.utils import formataddr
from pathlib import Path

from csp.constants import NONE, SELF

from core import logs
from portal.settings import env

# Places ---------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PORTAL_DATA = env.folder("PORTAL_DATA", BASE_DIR / "var")
BALLOT_KEYS = env.folder("BALLOT_KEYS", BASE_DIR / "var-keys")
MEDIA_ROOT = PORTAL_DATA / "media"
MEDIA_URL = "/media/"
SEARCH_INDEX = PORTAL_DATA / "index"
PORTAL_DATA.mkdir(parents=True, exist_ok=True)

# The site -------------------------------------------------------------------------------------------------

DEMO = env.flag("DEMO")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PORT = env.number("PORT", 8000, least=1)
BASE_URL = env.url("BASE_URL", "http", "https", example="https://portal.example.org") or f"http://localhost:{PORT}"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# The prefix that separates sites which share a Redis or an Elasticsearch.
SITE_KEY = re.sub(r"[^a-z0-9]+", "-", BASE_URL.partition("://")[2].lower()).strip("-")
# With “the” before it in sentences: an account of the Local Digital Alliance.
SITE_NAME = env.text("SITE_NAME", "Local Digital Alliance")
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CSRF_FAILURE_VIEW = "portal.serving.refusals.csrf_failure"

INSTALLED_APPS = [
    # Ours, from the roof down
    "portal",
    "story",
    "search",
    "kpis",
    "steering",
    "surveys",
    "publishing",
    "take_up",
    "voting",
    "assets_registry",
    "events",
    "projects",
    "councils",
    "outbox",
    "questions",
    "sealing",
    "accounts",
    "audit",
    "design_system",
    "core",
    # Accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    # Wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "portal.wagtail_admin.AdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    # Django and what it carries
    "channels",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kpis.reach.counting.CountsViewsOfNews",
    "portal.serving.page_cache.PagesForStrangers",
    "csp.middleware.CSPMiddleware",
    "core.middleware.KnownMethods",
    "core.middleware.PrivateUnlessPublic",
    "portal.status.middleware.AnswersHealth",
    "portal.serving.without_session.WithoutSession",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.serving.answers.HonestStatus",
    "portal.serving.middleware.ForeignRules",
    # Where a page's address was changed, the old one leads to the new one.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "accounts.sent_forms.FormsCountOnce",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": [
                "design_system.templatetags.form_tags",
                "design_system.templatetags.design_system",
                "design_system.templatetags.words",
            ],
        },
    }
]
FORM_RENDERER = "design_system.forms.DesignSystemRenderer"

# Database and slow work -----------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", sqlite=PORTAL_DATA / "portal.sqlite3")}
# Reading stays free of locks; an operation opens its own short transaction.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Redis is optional: without it one process serves everything.
REDIS_URL = env.url("REDIS_URL", "redis", "rediss", example="redis://localhost:6379/0")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "prefix": SITE_KEY},
        }
    }
    CACHES = {"default": {"BACKEND": "core.cache.ForgivingRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": SITE_KEY}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# How long a page for strangers may be served again while nothing it shows has changed; 0 keeps none.
PAGES_KEPT_SECONDS = 60
VIEWS_ADDED_SECONDS = 60  # how often a process adds the views of news that it has counted

# Search: the embedded engine always, Elasticsearch as well where it is named.
ELASTICSEARCH_URL = env.url("ELASTICSEARCH_URL", "http", "https", example="http://localhost:9200")
ELASTICSEARCH_API_KEY = env.api_key("ELASTICSEARCH_API_KEY", beside=ELASTICSEARCH_URL)
ELASTICSEARCH_CA = env.authority("ELASTICSEARCH_CA", of=ELASTICSEARCH_URL)
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Mail -----------------------------------------------------------------------------------------------------

globals().update(env.mail("EMAIL_URL", folder=PORTAL_DATA / "mail"))
EMAIL_BACKEND = "outbox.backend.Backend"  # libraries' mails join ours
DEFAULT_FROM_EMAIL = formataddr((SITE_NAME, env.text("SENDER_EMAIL", "no-reply@localdigital.example")))
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "secretariat@localdigital.example")
SECURITY_CONTACT_EMAIL = env.text("SECURITY_CONTACT_EMAIL", "security@localdigital.example")

# Other sites ----------------------------------------------------------------------------------------------

# The forges whose repositories are read, by host, with their sort.
FORGES = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "forgejo",
    "bitbucket.org": "bitbucket",
} | env.pairs("FORGES", "github", "gitlab", "forgejo", "bitbucket", example="git.example.org=gitlab")
# How core.outside reaches other sites; tests hand in their own.
OUTSIDE_ASK, OUTSIDE_RESOLVE = "core.outside.ask", "core.outside.resolve"

# People ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.ByAddress"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"  # which shows the person's week
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "outbox.adapters.OutboxAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameAtSignUp"
ACCOUNT_FORMS = {
    "login": "accounts.entrance.SignInForm",
    "signup": "accounts.entrance.SignUpForm",
    "add_email": "accounts.entrance.AddAddressForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.NewPasswordForm",
    "request_login_code": "accounts.entrance.AskForCodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mails may be slow. The pages and the mails say this time.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "3/15m/key"
}  # the first code and two more; allauth's own is one in three minutes
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the old address hears of a new one, and of a new password
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "accounts.entrance.AddKeyForm"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SITE_NAME
SOCIALACCOUNT_ADAPTER = "accounts.adapters.CouncilSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_SERVER_URL := env.url("OIDC_SERVER_URL", "https", example="https://login.example.org/tenant/v2.0"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "council",
            "name": env.text("OIDC_NAME", "Council sign-in"),
            "client_id": env.text("OIDC_CLIENT_ID", example="portal"),
            "secret": env.text("OIDC_CLIENT_SECRET", example="the secret your provider gave"),
            "settings": {"server_url": OIDC_SERVER_URL},
        }
    )
OIDC_ORIGIN = "/".join(OIDC_SERVER_URL.split("/")[:3])
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0, most=5)

# Security -------------------------------------------------------------------------------------------------

SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# After half a day without a request, or a week since sign-in, one signs in again (accounts.sessions).
SESSION_IDLE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# No inline script or style anywhere on the public site, and no frame around it.
CONTENT_SECURITY_POLICY = {
    # The admin brings inline scripts of its own; portal.serving.middleware.ForeignRules gives it a policy that fits.
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # The council's sign-in begins with a post that leads to its server; Chromium asks this rule on the way.
        "form-action": [SELF, OIDC_ORIGIN] if OIDC_ORIGIN else [SELF],
        "frame-ancestors": [NONE],
    },
}

# Editors --------------------------------------------------------------------------------------------------

WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
# Approval binds to a revision: what is changed after it is approved again.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILIMAGES_IMAGE_MODEL = "publishing.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "publishing.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "publishing.Download"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "publishing.rich_text.RichTextArea"}}

# Words and times ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Static files ---------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "build"] if (BASE_DIR / "build").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Memory ---------------------------------------------------------------------------------------------------

# A start and a page make many objects and few circles of them, for which Python would look after every 700: a tenth of
# each start.
gc.set_threshold(10_000)

# Logs -----------------------------------------------------------------------------------------------------

LOGGING = logs.LOGGING
logs.configure_structlog()

# Live updates ---------------------------------------------------------------------------------------------

# Who may open a socket: this site only, scheme and port included.
LIVE_ORIGINS = [BASE_URL]
if BASE_URL.startswith("http://localhost"):
    LIVE_ORIGINS.append(BASE_URL.replace("localhost", "127.0.0.1"))
