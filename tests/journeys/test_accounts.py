"""Ways in: a second factor and its recovery codes, a passkey, a code by mail, a new password."""

import re
import time

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import become_somebody_new, code_from_the_mail, latest_mail, press

PASSWORD = "three-yellow-kettles"


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()


def confirm_it_is_me(page: Page) -> None:
    """Whoever changes a way in types the password again."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm access")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "^Confirm$")


def code_now(secret: str) -> str:
    """What an app on a phone would show for this secret."""
    counter = int(time.time()) // totp.app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_an_app_becomes_the_second_factor_and_a_recovery_code_stands_in_for_it(visit):
    person = visit()
    address = become_somebody_new(person, "Theo Token", "theo.token@surreycc.gov.uk", PASSWORD)
    person.goto("/accounts/2fa/")
    press(person, "^Activate$")
    expect_accessible(person, "account/reauthenticate.html")
    confirm_it_is_me(person)
    picture = person.locator("main img[src^='data:image/svg']")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    expect_accessible(person, "mfa/totp/activate_form.html")
    secret = person.get_by_label("Authenticator secret").input_value()
    person.get_by_label("Authenticator code").fill("000000")
    press(person, "^Activate$")
    expect(person.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(person, "mfa/totp/activate_form.html")
    secret = person.get_by_label("Authenticator secret").input_value()
    person.get_by_label("Authenticator code").fill(code_now(secret))
    press(person, "^Activate$")

    codes = person.get_by_label("Unused codes").input_value().split()
    assert len(codes) == 10
    expect_accessible(person, "mfa/recovery_codes/index.html")
    person.get_by_label("I have saved my recovery codes").check()
    person.goto("/accounts/2fa/recovery-codes/")
    expect(person.get_by_label("Unused codes")).to_have_count(0)

    sign_out(person)
    sign_in(person, address)
    expect(person.get_by_role("heading", level=1)).to_have_text("Two-factor authentication")
    expect_accessible(person, "mfa/authenticate.html")
    person.get_by_label("Code", exact=True).fill("not a code")
    person.locator("main").get_by_role("button", name="Sign in").click()
    expect(person.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(person, "mfa/authenticate.html")
    person.get_by_label("Code", exact=True).fill(codes[0])
    person.locator("main").get_by_role("button", name="Sign in").click()
    expect(person.get_by_role("heading", level=1)).to_contain_text("This week")

    # Each recovery code opens the door once.
    sign_out(person)
    sign_in(person, address)
    person.get_by_label("Code", exact=True).fill(codes[0])
    person.locator("main").get_by_role("button", name="Sign in").click()
    expect(person.locator(".govuk-error-summary")).to_be_visible()
    person.get_by_label("Code", exact=True).fill(codes[1])
    person.locator("main").get_by_role("button", name="Sign in").click()
    expect(person.get_by_role("heading", level=1)).to_contain_text("This week")


def test_a_passkey_is_added_and_opens_the_door_without_a_password(visit):
    person = visit()
    become_somebody_new(person, "Petra Pass", "petra.pass@surreycc.gov.uk", PASSWORD)
    keys = person.context.new_cdp_session(person)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    person.goto("/accounts/2fa/webauthn/add/")
    confirm_it_is_me(person)
    expect_accessible(person, "mfa/webauthn/add_form.html")
    person.get_by_label(re.compile("^Name")).fill("Petra’s phone")
    person.get_by_label(re.compile("without a password")).check()
    press(person, "^Add$")
    expect(person).not_to_have_url(re.compile("/add/"))
    person.goto("/accounts/2fa/webauthn/")
    expect(person.locator("main")).to_contain_text("Petra’s phone")
    expect(person.locator("main")).to_contain_text("Passkey")
    expect_accessible(person, "mfa/webauthn/authenticator_list.html")

    sign_out(person)
    person.goto("/accounts/login/")
    person.get_by_role("button", name="Use a passkey").click()
    expect(person.get_by_role("heading", level=1)).to_contain_text("This week")

    person.goto("/accounts/2fa/webauthn/")
    press(person, "^Remove$")
    confirm_it_is_me(person)
    expect_accessible(person, "mfa/webauthn/authenticator_confirm_delete.html")
    press(person, "^Remove$")
    expect(person.locator("main")).to_contain_text("No security keys have been added")


def test_six_digits_from_the_mail_open_the_door(visit):
    person = visit()
    person.goto("/accounts/login/")
    press(person, "E-mail me a code")
    person.get_by_label("E-mail address").fill("analyst@demo.example")
    press(person, "Request code")
    expect_accessible(person, "account/confirm_login_code.html")
    person.get_by_label("Code", exact=True).fill("000000")
    press(person, "^Confirm$")
    expect(person.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(person, "account/confirm_login_code.html")
    code = code_from_the_mail(person, "analyst@demo.example")
    assert re.fullmatch(r"\d{6}", code)
    person.get_by_label("Code", exact=True).fill(code)
    press(person, "^Confirm$")

    expect(person.get_by_role("heading", level=1)).to_contain_text("This week")


def test_without_scripts_a_forgotten_password_is_replaced_by_a_link_in_the_mail(visit):
    person = visit(scripts=False)
    address = become_somebody_new(person, "Rosa Reset", "rosa.reset@surreycc.gov.uk", PASSWORD)
    sign_out(person)
    person.goto("/accounts/password/reset/")
    person.get_by_label("E-mail address").fill(address)
    press(person, "Reset my password")
    expect(person.locator("main")).to_contain_text("We have sent you an e-mail")
    link = latest_mail(person, address, r"https?://\S+(/accounts/password/reset/key/\S+)")

    person.goto(link)
    person.get_by_label("New password", exact=True).fill("short")
    person.get_by_label("New password (again)").fill("short")
    press(person, "Change password")
    expect(person.locator(".govuk-error-summary")).to_be_visible()
    person.get_by_label("New password", exact=True).fill("four-green-kettles")
    person.get_by_label("New password (again)").fill("four-green-kettles")
    press(person, "Change password")
    sign_in(person, address, "four-green-kettles")
    expect(person.get_by_role("heading", level=1)).to_contain_text("This week")

    # The link has done its work.
    again = visit()
    again.goto(link)
    expect(again.locator("main")).to_contain_text("link")
