"""On a phone the main action of a record's page stands whole within the first screen, for whoever looks."""

import pytest

PHONE, SCREEN = 390, 844
RECORDS = {
    "": [
        "/needs/one-place-to-prove-who-you-are/",
        "/needs/let-parents-see-where-they-are-in-the-queue-for-a-school-pla/",
        "/discoveries/proving-who-you-are/",
        "/events/co-design-day-blue-badges/",
        "/events/agile-for-heads-of-service-2/",
        "/projects/deferred-payment-calculator/",
        "/projects/waste-standards-and-api/",
        "/assets/deferred-payment-calculator/",
        "/assets/open-standards-clause-for-waste-contracts/",
        "/case-studies/what-we-got-wrong-about-deferred-payments/",
        "/councils/harlow/",
        "/councils/bournemouth-christchurch-and-poole/",
    ],
    "officer": [
        "/needs/check-blue-badge-eligibility-without-papers/",
        "/events/co-design-day-blue-badges/",
        "/assets/waste-standards-and-api/",
        "/assets/what-families-ask-about-paying-for-care/",
        "/councils/luton/",
        "/case-studies/calls-about-missed-bins-fell-by-a-third-in-luton/",
    ],
    "facilitator": [
        "/discoveries/proving-who-you-are/",
        "/discoveries/moving-house-telling-everyone-once/",
        "/events/co-design-day-proving-who-you-are/",
        "/projects/potholes-whoever-owns-the-road/",
    ],
    "secretariat": ["/projects/planning-notices-people-read/"],
}


@pytest.mark.parametrize("name", RECORDS, ids=lambda name: name or "stranger")
def test_the_main_action_is_on_the_first_screen_of_a_phone(visit, name):
    page = visit(name, width=PHONE, pictures=False)
    below = []
    for address in RECORDS[name]:
        assert page.goto(address).ok, address
        action = page.locator("[data-main-action]").first
        box = action.bounding_box() if action.count() else None
        if box is None or box["y"] + box["height"] > SCREEN:
            below.append((address, box and round(box["y"] + box["height"])))
    assert not below


LISTS = ["/needs/", "/assets/", "/events/", "/projects/", "/councils/", "/case-studies/", "/search/?q=parking"]


def test_without_scripts_filters_are_shut_on_a_phone_and_open_beside_the_results(visit):
    """What is found begins on the first screen of a phone; on a wide screen there is nothing to open first."""
    phone, desk = (visit(width=width, scripts=False, pictures=False) for width in (PHONE, 1280))
    for address in LISTS:
        phone.goto(address)
        found = phone.locator(".lda-results__summary").bounding_box()
        assert found["y"] < SCREEN, address
        assert not phone.locator("#filters label").first.is_visible(), address
        desk.goto(address)
        assert desk.locator("#filters label").first.is_visible(), address
        assert not desk.locator("#filters summary").first.is_visible(), address
