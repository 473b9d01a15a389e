"""Every page template of the site, with the addresses and states in which it is looked at.

`tests/architecture/test_page_templates.py` keeps the table whole; `test_accessibility.py` walks it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A page as somebody sees it."""

    address: str
    person: str = ""  # one of the demo people; a stranger without
    is_sent_empty: bool = False  # its form sent with everything that is asked for left out


# What the demo makes up anew each time: the page that has the link, and what the link looks like.
PAST_VOTE = "{past vote}"
DRAFT = "{draft}"
OPEN_VOTE = "{open vote}"
VOTE_ON_PAPER = "{vote on paper}"
VOTE_BY_LIST = "{vote by list}"
PLACE = "{place}"
PERSON = "{person}"
ASKS = "/events/co-design-day-blue-badges/"
ADOPTION = "{adoption}"
MISSED = "{missed}"
REPORTED = "{reported}"
PROMISE = "{promise}"
INTERVIEW = "{interview}"
PROBLEM = "{problem}"
CASE = "{case}"
REVIEWED = "{reviewed}"
MOTION = "{motion}"
GATEWAY = "/board/blockers/dvla-data-sharing-legal-gateway/"
BLOCK = "/board/blockers/councils-may-not-keep-a-keeper-check-for-a-year/"
LEAD = "{lead}"
COMPARED = "/assets/compare/?" + "&".join(
    f"asset={slug}"
    for slug in (
        "waste-standards-and-api",
        "missed-bin-reporter",
        "deferred-payment-calculator",
        "open-standards-clause-for-waste-contracts",
    )
)
LINKS = {
    LEAD: ("/leads/", r"/leads/[0-9a-f-]{36}/"),
    PAST_VOTE: ("/events/co-design-day-paying-for-care/", r"/votes/[0-9a-z]{4,}/"),
    OPEN_VOTE: ("/votes/?state=open", r"/votes/[0-9a-z]{10}/"),
    VOTE_ON_PAPER: ("/events/co-design-day-planning-notices/", r"/votes/[0-9a-z]{10}/"),
    VOTE_BY_LIST: ("/votes/?state=draft", r'/votes/[0-9a-z]{10}/(?=">[^:]*: What should the next day be about)'),
    PLACE: ("/events/agile-for-heads-of-service-2/", r"/sign-ups/[0-9a-f-]{36}/"),  # which is still to come
    PERSON: ("/people/?q=officer", r"/people/\d+/"),
    ADOPTION: ("/assets/waste-standards-and-api/", r"/assets/adoptions/\d+/"),
    MISSED: ("/board/promises/?q=Calls+about+missed+bins", r"/board/promises/\d+/"),
    REPORTED: ("/board/promises/?q=still+need+papers", r"/board/promises/\d+/"),
    PROBLEM: ("/assets/missed-bin-reporter/problems/", r"/assets/problems/\d+/answer/"),
    INTERVIEW: ("/case-studies/new/", r"/case-studies/new/\d+/"),
    PROMISE: ("/assets/waste-standards-and-api/", r"/assets/benefits/claim/\?adoption=\d+"),
    CASE: ("/board/decisions/DEC-2014-01/", r"/board/cases/\d+/"),
    MOTION: ("/board/", r"/board/motions/[0-9a-z]{10}/"),
    REVIEWED: ("/board/", r"/board/decisions/DEC-\d{4}-\d+/"),
}


def seen_by(person: str, *addresses: str) -> list[Look]:
    return [Look(address, person) for address in addresses]


def read(*addresses: str) -> list[Look]:
    return seen_by("", *addresses)


def form(person: str, *addresses: str) -> list[Look]:
    """A form as it is opened, and as it comes back when it was sent empty."""
    return [Look(address, person, is_sent_empty=sent) for address in addresses for sent in (False, True)]


PAGES: dict[str, list[Look]] = {
    # Refusals
    "403.html": seen_by("officer", "/people/", "/events/new/"),
    "404.html": read("/nothing/is/here/"),
    "publishing/taken_down.html": read("/news/places-left-on-the-next-co-design-day/"),
    # Signing in, and what is mine
    "account/login.html": form("", "/accounts/login/"),
    "account/signup.html": form("", "/accounts/signup/"),
    "account/password_reset.html": form("", "/accounts/password/reset/"),
    "account/password_reset_done.html": read("/accounts/password/reset/done/"),
    "account/password_reset_from_key.html": read("/accounts/password/reset/key/1-nothing/"),
    "account/password_reset_from_key_done.html": read("/accounts/password/reset/key/done/"),
    "account/request_login_code.html": form("", "/accounts/login/code/"),
    "account/account_inactive.html": read("/accounts/inactive/"),
    "account/logout.html": seen_by("officer", "/accounts/logout/"),
    "account/email.html": form("officer", "/accounts/email/"),
    "account/password_change.html": form("officer", "/accounts/password/change/"),
    "mfa/index.html": seen_by("officer", "/accounts/2fa/"),
    "mfa/webauthn/authenticator_list.html": seen_by("officer", "/accounts/2fa/webauthn/"),
    "accounts/close.html": form("officer", "/account/close/"),
    "accounts/data.html": seen_by("officer", "/account/data/"),
    "outbox/messages.html": seen_by("officer", "/account/messages/"),
    "portal/status.html": seen_by("editor", "/status/"),
    "portal/queue/queue.html": seen_by("editor", "/queue/", "/queue/?kind=needs"),
    "portal/follows/follows.html": seen_by("officer", "/account/follows/"),
    "portal/follows/follow.html": form("officer", "/account/follows/asset/deferred-payment-calculator/"),
    "portal/follows/service.html": form("officer", "/account/follows/service/"),
    "search/saved/save.html": form("officer", "/search/save/?q=bins"),
    "search/saved/saved.html": seen_by("officer", "/search/saved/"),
    "outbox/turn_off.html": read("/messages/off/nothing/"),
    "accounts/profile.html": form("officer", "/account/profile/"),
    "accounts/people.html": seen_by("secretariat", "/people/", "/people/?q=zebra"),
    "accounts/person.html": seen_by("secretariat", PERSON),
    "audit/trail.html": seen_by("secretariat", "/audit/", "/audit/?action=zebra"),
    # Assets
    "assets_registry/list.html": [
        *read("/assets/", "/assets/?kind=code", "/assets/?q=zebra", "/assets/?standing=legacy"),
        *seen_by("officer", "/assets/?standing=draft"),
    ],
    "assets_registry/detail.html": [
        *read("/assets/deferred-payment-calculator/", "/assets/missed-bin-reporter/"),
        *seen_by("officer", "/assets/bin-day-texts/", "/assets/waste-standards-and-api/"),
        *seen_by("county", "/assets/deferred-payment-calculator/"),
    ],
    "assets_registry/register.html": form("officer", "/assets/register/"),
    "assets_registry/report_problem.html": form("officer", "/assets/missed-bin-reporter/report/"),
    "assets_registry/problems.html": seen_by(
        "secretariat", "/assets/missed-bin-reporter/problems/", "/assets/words-for-potholes/problems/"
    ),
    "assets_registry/answer_problem.html": form("secretariat", PROBLEM),
    "assets_registry/hand_over.html": form("secretariat", "/assets/missed-bin-reporter/hand-over/"),
    "assets_registry/public_code.html": read(
        "/assets/deferred-payment-calculator/public-code/", "/assets/deferred-payment-calculator/public-code/print/"
    ),
    "assets_registry/answer_public_code.html": seen_by(
        "secretariat", "/assets/deferred-payment-calculator/public-code/answer/"
    ),
    "assets_registry/stewards.html": seen_by("secretariat", "/assets/stewards/", "/assets/stewards/?link=failed"),
    "assets_registry/details.html": [  # which may be sent empty
        *seen_by("publisher", "/assets/bin-day-texts/details/"),
        *seen_by("secretariat", "/assets/waste-standards-and-api/details/", "/assets/discovery-day-in-a-box/details/"),
    ],
    "assets_registry/versions.html": [
        *read("/assets/waste-standards-and-api/versions/"),
        *seen_by("publisher", "/assets/bin-day-texts/versions/"),
    ],
    "assets_registry/history.html": [
        *read("/assets/waste-standards-and-api/history/"),
        *seen_by("publisher", "/assets/bin-day-texts/history/"),
    ],
    "assets_registry/version.html": form("publisher", "/assets/bin-day-texts/versions/add/"),
    "assets_registry/links.html": form("publisher", "/assets/bin-day-texts/links/"),
    "assets_registry/edit.html": form("publisher", "/assets/bin-day-texts/edit/"),
    "take_up/shortlist.html": read("/assets/shortlist/"),
    "take_up/add_to_shortlist.html": read("/assets/waste-standards-and-api/shortlist/"),
    "take_up/compare.html": [
        *read(
            "/assets/compare/",
            "/assets/compare/?asset=nothing-of-the-kind",
            "/assets/compare/?asset=waste-standards-and-api",
            f"{COMPARED}&council=harlow",
            f"{COMPARED}&only=differs",
        ),
        *seen_by("officer", f"{COMPARED}&council=nowhere"),
    ],
    "take_up/compare_choose.html": read(f"{COMPARED}&asset=discovery-day-in-a-box&asset=bin-day-texts"),
    "take_up/adopt.html": [
        *form("officer", "/assets/missed-bin-reporter/adopt/"),
        *seen_by("officer", ADOPTION + "change/"),
    ],
    "take_up/commit.html": form("officer", "/assets/missed-bin-reporter/commit/"),
    "take_up/spread.html": [
        *read("/assets/waste-standards-and-api/take-up/", "/assets/missed-bin-reporter/take-up/"),
        *seen_by("officer", "/assets/missed-bin-reporter/take-up/"),
        *seen_by("lead", "/assets/missed-bin-reporter/take-up/"),
    ],
    "take_up/promises.html": [
        *read("/board/promises/", "/board/promises/?state=not_kept"),
        *seen_by("analyst", "/board/promises/"),
    ],
    "take_up/promise.html": [*read(MISSED, REPORTED), *seen_by("analyst", REPORTED), *seen_by("officer", MISSED)],
    "take_up/explain.html": form("officer", MISSED + "explain/"),
    "take_up/plan.html": form("facilitator", "/board/promises/plan/?project=waste-standards-and-api"),
    "take_up/claim.html": form("officer", PROMISE),
    "take_up/measure.html": form("analyst", MISSED + "measure/"),
    "take_up/waiting.html": [*seen_by("lead", "/assets/waiting/"), *seen_by("editor", "/assets/waiting/")],
    # Councils
    "councils/list.html": read("/councils/", "/councils/?q=zebra"),
    "councils/detail.html": [
        *read("/councils/harlow/", "/councils/adur/", "/councils/allerdale/", "/councils/cumberland/"),
        *read("/councils/dclg/", "/councils/luton/"),
        *seen_by("lead", "/councils/harlow/"),
        *seen_by("county", "/councils/harlow/"),
    ],
    "councils/systems.html": [
        *read("/councils/harlow/systems/", "/councils/adur/systems/"),
        *seen_by("lead", "/councils/harlow/systems/"),
        *seen_by("officer", "/councils/harlow/systems/"),
    ],
    "kpis/services/list.html": read("/services/"),
    "kpis/services/detail.html": read("/services/parking-permits/", "/services/parking-permits/?council=luton"),
    "kpis/comparison/beside.html": read(
        "/services/parking-permits/beside/luton/?quarter=2014-q4",
        "/services/parking-permits/beside/harlow/?quarter=2014-q4&weigh_type=0",
    ),
    "kpis/comparison/coverage.html": read("/services/coverage/?quarter=2014-q4"),
    "kpis/comparison/dictionary.html": read("/services/coverage/dictionary/"),
    "kpis/indicators/dashboard.html": [
        *read("/councils/luton/indicators/", "/councils/adur/indicators/"),
        *seen_by("officer", "/councils/harlow/indicators/"),
    ],
    "kpis/indicators/return.html": form("officer", "/councils/harlow/indicators/return/"),
    "kpis/indicators/upload.html": form("officer", "/councils/harlow/indicators/upload/"),
    "kpis/indicators/top.html": seen_by("officer", "/councils/harlow/indicators/top/"),
    "kpis/indicators/versions.html": read("/services/parking-permits/returns/luton/2014-q4/"),
    "councils/system.html": form("officer", "/councils/harlow/systems/new/"),
    "councils/alike.html": read("/councils/harlow/alike/", "/councils/harlow/alike/?weigh_type=0&weigh_region=many"),
    "take_up/passport.html": [
        *read(
            "/assets/waste-standards-and-api/passport/",
            "/assets/waste-standards-and-api/passport/?council=surrey",
            "/assets/waste-standards-and-api/passport/?council=atlantis",
        ),
        *seen_by("officer", "/assets/missed-bin-reporter/passport/"),
    ],
    "councils/ask.html": [
        *form("officer", "/councils/luton/ask/"),
        *seen_by(
            "officer",
            "/councils/allerdale/ask/",
            "/assets/waste-standards-and-api/ask/",
            "/projects/deferred-payment-calculator/ask/",
            "/case-studies/what-we-got-wrong-about-deferred-payments/ask/",
        ),
    ],
    "councils/join.html": [
        *form("officer", "/councils/surrey/join/"),
        *seen_by("officer", "/councils/harlow/join/", "/councils/allerdale/join/"),
    ],
    "councils/reorganise.html": [
        *form("secretariat", "/councils/harlow/reorganise/"),
        *seen_by("secretariat", "/councils/allerdale/reorganise/"),
    ],
    "councils/members.html": seen_by("lead", "/councils/harlow/members/"),
    "councils/leavers.html": seen_by("lead", "/councils/harlow/handing-over/"),
    "councils/left_behind.html": seen_by("secretariat", "/councils/left-behind/"),
    "councils/waiting.html": seen_by("secretariat", "/councils/waiting/"),
    # Events
    "events/list.html": [
        *read("/events/", "/events/?when=past", "/events/?q=zebra"),
        *seen_by("facilitator", "/events/"),
    ],
    "events/detail.html": [
        *read(
            "/events/agile-for-heads-of-service-2/",
            "/events/co-design-day-paying-for-care/",
            "/events/co-design-day-proving-who-you-are/",
            "/events/discovery-day-moving-house/",
        ),
        *seen_by("county", "/events/agile-for-heads-of-service-2/"),
        *seen_by("facilitator", "/events/co-design-day-proving-who-you-are/"),
    ],
    "events/skills.html": read("/events/skills/"),
    "events/skill.html": read("/events/skills/user-needs/", "/events/skills/coding-for-non-techies/"),
    "events/floor.html": [
        *form("officer", "/events/co-design-day-proving-who-you-are/floor/"),
        *seen_by("facilitator", "/events/co-design-day-proving-who-you-are/floor/"),
    ],
    "events/floor_screen.html": seen_by("facilitator", "/events/co-design-day-proving-who-you-are/floor/screen/"),
    "events/new.html": form("facilitator", "/events/new/"),
    "events/places.html": seen_by("facilitator", "/events/agile-for-heads-of-service-2/places/"),
    "events/pool.html": form("facilitator", "/events/agile-for-heads-of-service-2/places/pools/new/"),
    "events/edit.html": form("facilitator", "/events/agile-for-heads-of-service-2/edit/"),
    "events/copy.html": form("facilitator", "/events/agile-for-heads-of-service-2/copy/"),
    "events/invite.html": form("facilitator", "/events/agile-for-heads-of-service-2/invite/"),
    "events/prototype.html": form("facilitator", "/events/co-design-day-proving-who-you-are/prototype/"),
    "events/cancel.html": form("facilitator", "/events/agile-for-heads-of-service-2/cancel/"),
    "events/sign_up.html": [
        *read("/events/co-design-day-blue-badges/sign-up/"),
        *form("officer", "/events/co-design-day-blue-badges/sign-up/"),
        *seen_by("officer", "/events/agile-for-heads-of-service-2/sign-up/"),
    ],
    "events/place.html": seen_by("county", PLACE),
    "events/own_calendar.html": seen_by("county", "/account/calendar/"),
    "events/place_change.html": seen_by("county", PLACE + "change/"),
    "events/place_pass_on.html": form("county", PLACE + "pass-on/"),
    "events/place_cancel.html": seen_by("county", PLACE + "cancel/"),
    "events/check_in.html": [
        *form("facilitator", "/events/co-design-day-proving-who-you-are/check-in/"),
        *seen_by(
            "facilitator",
            "/events/agile-for-heads-of-service-2/check-in/",
            "/events/co-design-day-proving-who-you-are/check-in/?q=zebra",
            "/events/co-design-day-proving-who-you-are/check-in/?group=here",
            "/events/agile-for-heads-of-service-2/check-in/?group=waiting",
        ),
    ],
    "events/run.html": seen_by(
        "facilitator",
        ASKS + "run/",
        "/events/co-design-day-proving-who-you-are/run/",
        "/events/agile-for-heads-of-service-2/run/",
    ),
    "events/people.html": seen_by("facilitator", ASKS + "people/", ASKS + "people/?q=zebra"),
    "events/message.html": form("facilitator", ASKS + "message/"),
    "events/kinds.html": form("facilitator", ASKS + "kinds/"),
    "events/kind.html": form("facilitator", ASKS + "kinds/developer/"),
    "events/organisers.html": form("facilitator", ASKS + "organisers/"),
    "events/questions.html": seen_by(
        "facilitator", ASKS + "questions/", "/events/agile-for-heads-of-service-2/questions/"
    ),
    "events/question.html": form("facilitator", ASKS + "questions/new/"),
    "events/answers.html": seen_by(
        "facilitator", ASKS + "questions/answers/", "/events/agile-for-heads-of-service-2/questions/answers/"
    ),
    "events/brought_forth.html": seen_by(
        "facilitator", "/events/co-design-day-proving-who-you-are/brought-forth/"
    ),
    "events/feedback.html": [
        *form("officer", "/events/co-design-day-proving-who-you-are/feedback/"),
        *seen_by("officer", "/events/agile-for-heads-of-service-2/feedback/"),
    ],
    "events/report.html": read(
        "/events/co-design-day-planning-notices/report/", "/events/agile-for-heads-of-service-2/report/"
    ),
    "events/what_goes.html": seen_by("facilitator", "/held/"),
    "events/held.html": seen_by(
        "facilitator", "/events/co-design-day-planning-notices/held/", ASKS + "held/"
    ),
    "events/saving.html": [
        *form("officer", "/events/co-design-day-proving-who-you-are/saving/"),
        *seen_by("officer", "/events/agile-for-heads-of-service-2/saving/"),
    ],
    "events/saving_told.html": seen_by("officer", "/events/co-design-day-proving-who-you-are/saving/thanks/"),
    "events/leads.html": seen_by("secretariat", "/leads/", "/leads/?q=zebra"),
    "events/lead.html": form("secretariat", LEAD),
    # Needs, discoveries, prototypes, projects
    "projects/need_list.html": read("/needs/", "/needs/?q=zebra"),
    "projects/need_detail.html": [
        *read(
            "/needs/one-place-to-prove-who-you-are/",
            "/needs/let-parents-see-where-they-are-in-the-queue-for-a-school-pla/",
        ),
        *seen_by("officer", "/needs/book-a-garden-waste-collection-in-two-minutes/"),
        *seen_by("facilitator", "/needs/report-a-pothole-once-whoever-owns-the-road/"),
    ],
    "projects/need_form.html": form(
        "officer", "/needs/new/", "/needs/book-a-garden-waste-collection-in-two-minutes/edit/"
    ),
    "projects/need_join.html": seen_by("officer", "/needs/report-a-pothole-once-whoever-owns-the-road/join/"),
    "projects/need_gather.html": form(
        "facilitator", "/needs/book-a-garden-waste-collection-in-two-minutes/gather/"
    ),
    "projects/need_say.html": seen_by(
        "officer",
        "/needs/one-place-to-prove-who-you-are/how-it-looks/harlow/",
        "/needs/tell-neighbours-about-planning-applications-they-can-read/how-it-looks/harlow/",
    ),
    "projects/need_leave.html": seen_by(
        "officer",
        "/needs/tell-neighbours-about-planning-applications-they-can-read/leave/harlow/",
        "/needs/one-place-to-prove-who-you-are/leave/harlow/",
    ),
    "publishing/need_done.html": [
        *form("county", "/needs/let-parents-see-where-they-are-in-the-queue-for-a-school-pla/done/"),
        *seen_by("officer", "/needs/report-a-pothole-once-whoever-owns-the-road/done/"),
    ],
    "projects/discovery_list.html": read("/discoveries/", "/discoveries/?q=zebra"),
    "projects/discovery_detail.html": [
        *read("/discoveries/paying-for-care/", "/discoveries/moving-house-telling-everyone-once/"),
        *seen_by("facilitator", "/discoveries/moving-house-telling-everyone-once/"),
    ],
    "projects/discovery_form.html": form("facilitator", "/discoveries/new/"),
    "projects/prototype_detail.html": [
        *read("/prototypes/ask-once/"),
        *seen_by("facilitator", "/prototypes/ask-once/"),
    ],
    "projects/prototype_form.html": form(
        "facilitator", "/discoveries/blue-badges-without-papers/prototype/", "/prototypes/one-map-of-road-owners/edit/"
    ),
    "projects/outline_form.html": form("facilitator", "/prototypes/one-map-of-road-owners/outline/"),
    "projects/case_version.html": read("/projects/parking-permits-that-renew-themselves/business-case/1/"),
    "projects/case_compare.html": seen_by("facilitator", "/projects/dvla-data-sharing/business-case/compare/"),
    "projects/offer_list.html": seen_by("lead", "/projects/offers/", "/projects/offers/?state=accepted"),
    "projects/project_list.html": read("/projects/", "/projects/?q=zebra"),
    "projects/project_detail.html": [
        *read("/projects/deferred-payment-calculator/", "/projects/potholes-whoever-owns-the-road/"),
        *seen_by(
            "facilitator",
            "/projects/planning-notices-people-read/",
            "/projects/potholes-whoever-owns-the-road/",
        ),
    ],
    "projects/purposes_form.html": form("facilitator", "/projects/potholes-whoever-owns-the-road/purposes/"),
    "projects/project_form.html": form("facilitator", "/projects/potholes-whoever-owns-the-road/edit/"),
    "projects/case_form.html": form("facilitator", "/projects/potholes-whoever-owns-the-road/business-case/"),
    # What editors and councils publish, and the site's own pages
    "portal/home.html": read("/"),
    "portal/inbox/this_week.html": [
        Look("/", person) for person in ("officer", "lead", "facilitator", "board", "secretariat", "editor", "analyst")
    ],
    "portal/inbox/account.html": [
        Look("/account/", person) for person in ("officer", "lead", "editor", "secretariat", "analyst")
    ],
    "portal/figures/year.html": read("/figures/", "/figures/?as_at=2014-10-31", "/figures/?year=2019"),
    "kpis/facts/list.html": read("/facts/"),
    "kpis/facts/card.html": read("/facts/transactions-570m/"),
    "kpis/facts/dictionary.html": read("/facts/dictionary/"),
    "kpis/facts/form.html": form("editor", "/facts/new/"),
    "kpis/volumes/top_20.html": read("/services/top-20/", "/services/top-20/?by=area", "/services/top-20/?by=type"),
    "kpis/indicators/open_data.html": read("/services/returns/"),
    "kpis/volumes/dictionary.html": read("/services/top-20/dictionary/"),
    "surveys/waves.html": read("/surveys/"),
    "surveys/wave.html": read("/surveys/2014/", "/surveys/2013/", "/surveys/2015/"),
    "surveys/table.html": read(
        "/surveys/2014/barriers/",
        "/surveys/2014/leads/",
        "/surveys/2014/savings/",
        "/surveys/2013/priorities/",
        "/surveys/2015/barriers/?group=welsh",
        "/surveys/2015/departments/",
    ),
    "surveys/prepare.html": form("analyst", "/surveys/2015/running/next/"),
    "surveys/plan.html": seen_by("analyst", "/surveys/2015/running/plan/"),
    "surveys/bench.html": seen_by("analyst", "/surveys/2015/running/bench/"),
    "surveys/levels.html": seen_by("analyst", "/surveys/2015/running/levels/"),
    "surveys/code.html": seen_by("analyst", "/surveys/2015/running/bench/tables/priorities/"),
    "surveys/rule.html": form("analyst", "/surveys/2015/running/bench/tables/priorities/rule/"),
    "surveys/leave_out.html": form("analyst", "/surveys/2015/running/bench/leave-out/"),
    "surveys/close.html": seen_by("analyst", "/surveys/2015/running/close/"),
    "surveys/dictionary.html": read("/surveys/2014/barriers/dictionary/"),
    "surveys/extrapolation.html": read(
        "/surveys/2014/savings/extrapolation/", "/surveys/2014/savings/extrapolation/?share=much&growth=0"
    ),
    "kpis/reach/detail.html": read("/figures/reach/"),
    "kpis/reach/enter.html": form("editor", "/figures/reach/new/"),
    "kpis/shift/calculator.html": read("/services/channel-shift/", "/services/channel-shift/?volume_1=much"),
    "kpis/shift/into_case.html": seen_by("facilitator", "/services/channel-shift/case/"),
    "portal/figures/outcome.html": read("/figures/said/would_recommend/?year=2014"),
    "portal/demo.html": read("/demo/"),
    "portal/demo_mail.html": read("/demo/mail/"),
    "portal/pages/accessibility.html": read("/accessibility/"),
    "portal/pages/cookies.html": read("/cookies/"),
    "portal/pages/who_may.html": read("/who-may/"),
    "portal/pages/privacy.html": read("/privacy/"),
    "design_system/gallery.html": read("/design-system/"),
    "publishing/case_study_list.html": read("/case-studies/", "/case-studies/?q=zebra"),
    "publishing/case_study.html": read(
        "/case-studies/what-we-got-wrong-about-deferred-payments/", "/case-studies/assisted-digital-in-every-library/"
    ),
    "publishing/interview/new.html": seen_by("officer", "/case-studies/new/"),
    "publishing/interview/question.html": [
        *seen_by("officer", INTERVIEW + "5/", INTERVIEW + "9/"),
        *form("officer", INTERVIEW + "2/"),
    ],
    "publishing/interview/check.html": seen_by("officer", INTERVIEW + "check/"),
    "publishing/interview/give_up.html": seen_by("officer", INTERVIEW + "throw-away/"),
    "publishing/ask_for_check.html": form(
        "officer", "/case-studies/harlow-tells-residents-when-bin-day-changes/check/"
    ),
    "publishing/still_running.html": form(
        "officer", "/case-studies/harlow-tells-residents-when-bin-day-changes/still-running/"
    ),
    "publishing/withdraw.html": form("editor", "/case-studies/assisted-digital-in-every-library/withdraw/"),
    "publishing/bundles/bundles.html": form("editor", "/bundles/"),
    "publishing/news_list.html": read("/news/"),
    "portal/content.html": read("/guidance/", "/guidance/discovery-day/"),
    "publishing/news.html": read("/news/the-deferred-payment-calculator-is-live/"),
    "search/search.html": read(
        "/search/",
        "/search/?q=bin+collections",
        "/search/?q=bin+collections&kind=asset&asset_kind=standard",
        "/search/?q=zebra+crossing+licences",
        "/search/?q=household+waste+collection",
    ),
    "search/words.html": seen_by("editor", "/search/words/", "/search/words/?q=bins"),
    "search/words_form.html": form("editor", "/search/words/new/?q=fly+tipping"),
    "search/pins.html": seen_by("editor", "/search/pins/"),
    "search/pin_form.html": form("editor", "/search/pins/new/?q=bin+collections"),
    "search/in_vain.html": seen_by("editor", "/search/in-vain/"),
    # The board
    "steering/board.html": [
        *read("/board/", "/board/?stage=stopped", "/board/?overdue=1"),
        *seen_by("secretariat", "/board/", "/board/?decide=1"),
    ],
    "steering/portfolio.html": [
        *read("/board/portfolio/", "/board/portfolio/?stage=stopped&blocked=yes"),
        *seen_by("board", "/board/portfolio/?stream=discovery"),
    ],
    "steering/packs.html": read("/board/packs/"),
    "steering/portfolio_by_stage.html": read("/board/portfolio/by-stage/"),
    "steering/view_save.html": form("board", "/board/portfolio/save/?stage=launch"),
    "steering/coverage.html": [
        *read("/board/coverage/", "/board/coverage/?of=needs&as_at=2014-12-31"),
        *seen_by("facilitator", "/board/coverage/?of=assets"),
    ],
    "steering/blocks.html": read("/board/blockers/", "/board/blockers/?state=removed"),
    "steering/block.html": [
        *read(GATEWAY, BLOCK),
        *seen_by("secretariat", BLOCK),
    ],
    "steering/block_form.html": form("secretariat", f"{BLOCK}edit/"),
    "projects/block_form.html": form("facilitator", "/projects/planning-notices-people-read/blocks/new/"),
    "steering/strategy.html": [*read("/board/strategy/"), *seen_by("secretariat", "/board/strategy/")],
    "steering/terms.html": read("/board/strategy/terms/"),
    "steering/impact.html": [
        *read("/board/strategy/departments/department-for-transport/partner/"),
        *seen_by("secretariat", "/board/strategy/departments/home-office/innovator/"),
    ],
    "steering/impact_form.html": form("secretariat", "/board/strategy/departments/hmrc/provider/fill/"),
    "steering/flag.html": [
        *read("/board/strategy/planting-the-flag/"),
        *seen_by("lead", "/board/strategy/planting-the-flag/"),
    ],
    "steering/flag_of_council.html": read(
        "/board/strategy/planting-the-flag/surrey/", "/board/strategy/planting-the-flag/kent/"
    ),
    "steering/flag_form.html": form("lead", "/board/strategy/planting-the-flag/harlow/assess/"),
    "steering/meetings.html": [*read("/board/meetings/"), *seen_by("secretariat", "/board/meetings/")],
    "steering/meeting.html": read("/board/meetings/2014-12-10/", "/board/meetings/2013-09-10/"),
    "steering/plan.html": form("secretariat", "/board/meetings/plan/"),
    "steering/actions.html": read("/board/actions/", "/board/actions/?state=overdue"),
    "steering/give.html": form("secretariat", "/board/actions/new/"),
    "steering/hold.html": form("secretariat", "/board/meetings/new/"),
    "steering/decisions.html": read("/board/decisions/"),
    "steering/seats.html": [*read("/board/seats/?as_at=2014-01-01"), *seen_by("secretariat", "/board/seats/")],
    "steering/seat_form.html": form("secretariat", "/board/seats/new/"),
    "steering/seat_end.html": form("secretariat", "/board/seats/lga/end/"),
    "steering/assess.html": form("secretariat", "/board/assessments/potholes-whoever-owns-the-road/new/"),
    "steering/review.html": form("secretariat", REVIEWED + "review/"),
    "steering/decision.html": read("/board/decisions/DEC-2014-01/"),
    "steering/case.html": read(CASE),
    "steering/ask.html": form("secretariat", "/board/motions/new/"),
    "steering/motion.html": [*read(MOTION), *seen_by("secretariat", MOTION), *seen_by("board", MOTION)],
    "steering/representative.html": form("secretariat", "/board/seats/lga/representative/"),
    # Votes
    "voting/list.html": [*read("/votes/", "/votes/?state=open"), *seen_by("facilitator", "/votes/?state=draft")],
    "voting/choose_day.html": seen_by("facilitator", "/votes/new/"),
    "voting/prepare.html": [
        *form("facilitator", "/votes/new/?event=co-design-day-proving-who-you-are"),
        *seen_by("facilitator", "/votes/new/?event=agile-for-heads-of-service-2"),
    ],
    "voting/draft.html": seen_by("facilitator", DRAFT),
    "voting/cast.html": seen_by("facilitator", DRAFT + "cast/"),
    "voting/screen.html": [*seen_by("facilitator", DRAFT + "screen/"), *read(PAST_VOTE + "screen/")],
    "voting/detail.html": read(PAST_VOTE),
    "voting/console.html": seen_by("facilitator", PAST_VOTE),
    "voting/park.html": form("facilitator", PAST_VOTE + "park/"),
    "voting/results.html": [*read(PAST_VOTE + "results/"), *seen_by("facilitator", PAST_VOTE + "results/")],
    "voting/record.html": read(PAST_VOTE + "record/", VOTE_ON_PAPER + "record/"),
    "voting/who_could_vote.html": seen_by("facilitator", PAST_VOTE + "who-could-vote/"),
    "voting/receipts.html": read(PAST_VOTE + "receipts/", PAST_VOTE + "receipts/?code=k7f"),
    "voting/options.html": seen_by("facilitator", DRAFT + "options/"),
    "voting/cards/words.html": form("", "/card/"),
    "voting/cards/print.html": form("facilitator", DRAFT + "cards/"),
    "voting/roll.html": [*seen_by("facilitator", DRAFT + "roll/"), *form("facilitator", OPEN_VOTE + "roll/")],
    "voting/hand_out.html": form("facilitator", OPEN_VOTE + "hand-out/"),
    "voting/slips.html": seen_by("facilitator", OPEN_VOTE + "slips/?slips=2"),
    "voting/paper.html": seen_by("facilitator", OPEN_VOTE + "paper/"),
    "voting/batch.html": seen_by("facilitator", VOTE_ON_PAPER + "paper/1/"),
    "voting/batch_slips.html": form("facilitator", VOTE_ON_PAPER + "paper/1/slips/"),
    "voting/batch_spoilt.html": form("facilitator", VOTE_ON_PAPER + "paper/1/spoilt/"),
    "voting/batch_back.html": form("facilitator", VOTE_ON_PAPER + "paper/1/send-back/"),
    "voting/reasons.html": seen_by("facilitator", VOTE_ON_PAPER + "reasons/"),
    "voting/voters.html": form("facilitator", VOTE_BY_LIST + "voters/"),
    "voting/void.html": form("facilitator", OPEN_VOTE + "void/"),
    "voting/outcome.html": form("facilitator", PAST_VOTE + "outcome/"),
    "voting/project.html": seen_by("facilitator", PAST_VOTE + "project/"),
}  # fmt: skip

# Templates that are no pages by themselves or that nobody is shown, each with the reason.
EXCEPTIONS = {
    "councils/hand_over.html": "of a person: looked at in tests/journeys/test_leaving.py",
    "councils/hand_over_check.html": "looked at in tests/journeys/test_leaving.py",
    "wagtailcore/shared/block_preview.html": "one block in a frame of the admin, which pages of blocks show too",
    "steering/held.html": "only once the day of a planned meeting has come; drawn in tests/steering/test_planning.py",
    "events/floor_hide.html": "a form of one box, whose question has a key that no two demo programmes share",
    "publishing/interview/sent.html": "a heading, a sentence and two links, for an interview that was sent",
    "publishing/shared/over.html": "a heading and a sentence, for a link that has ended",
    "publishing/bundles/bundle.html": "its parts stand on the list of bundles; a key that no two demo programmes share",
    "publishing/bundles/change.html": "the form of the list of bundles, for one whose key no two demo programmes share",
    "publishing/answer_check.html": "a form of two radios, whose check has a key that no two demo programmes share",
    "take_up/turn_down.html": "a form of one box, whose measurement has a key that no two demo programmes share",
    "voting/strike.html": "a form of one box, whose entry has a key that no two demo programmes share",
    "voting/counted.html": "only once somebody has voted, which a page that is looked at twice does not do",
    "voting/preview.html": "only between close and reveal; looked at in test_room.py",
    "events/off_the_roll.html": "only while a vote is open; drawn in tests/voting/test_cancelled_days.py",
    "voting/cards/number.html": "a form of one box in a vote by voting cards; drawn in test_preparing_cards.py",
    "voting/cards/roll.html": "a form of one box in a vote by voting cards; drawn in test_preparing_cards.py",
    "voting/cards/says.html": "one sentence, by a card that nobody may read; drawn in test_without_session.py",
    "voting/cards/sheets.html": "cards that are shown once; looked at in journeys/test_voting_cards.py",
    "steering/pack_print.html": "what the press makes a PDF of; drawn in tests/steering/test_pack_printing.py",
    "surveys/answer/unknown.html": "a sentence, for a link that nobody has; drawn in test_fieldwork_pages.py",
    "surveys/answer/closed.html": "a sentence once a survey has closed; drawn in tests/surveys/test_fieldwork_pages.py",
    "surveys/answer/base.html": "the pages of somebody’s own link extend it",
    "surveys/open.html": "a list and a button, for a survey that is being prepared; the demo’s is open",
    "surveys/withdraw.html": "a sentence and a button, for an invitation whose key no two demo programmes share",
    "voting/cards/base.html": "the pages of a voting card extend it",
    "base.html": "every page extends it",
    "base_screen.html": "the hall's screen extends it",
    "account/base_confirm_code.html": "the pages where a code is typed extend it",
}
