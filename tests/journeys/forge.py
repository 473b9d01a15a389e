"""The repositories that the site of a journey can read, in the place of the internet: one, and another for a phone."""

from core.outside import Reply, Wish

PAGE = "https://github.com/harlow/pothole-finder"
FILE = """publiccodeYmlVersion: "0.7"
name: Pothole finder by repository
url: https://github.com/harlow/pothole-finder
platforms: [web]
developmentStatus: beta
softwareType: standalone/web
description:
  en:
    shortDescription: Tells a crew where a pothole is, from a photograph.
    longDescription: A resident takes a photograph and the crew sees the place.
    features: [reads the place, asks one question]
  cy:
    shortDescription: Dweud wrth griw ble mae twll yn y ffordd.
    longDescription: >
      Mae preswylydd yn tynnu llun ac mae’r rhaglen yn darllen y lle ohono, yn gofyn un cwestiwn am ei faint, ac yn
      anfon y ddau at y criw. Fe’i gwnaed gan ddosbarth a sir gyda’i gilydd, ac nid oes angen dim arall arni.
    features: [darllen y lle, gofyn un cwestiwn]
legal:
  license: Free for councils
maintenance:
  type: internal
  contacts: [{name: Digital team}]
localisation:
  localisationReady: false
  availableLanguages: [en, cy]
"""
OF_A_PHONE = f"{PAGE}-on-a-phone"
_RAW = "https://raw.githubusercontent.com/harlow/pothole-finder"
_PAGES = {
    PAGE: "",
    f"{_RAW}/HEAD/publiccode.yml": FILE,
    OF_A_PHONE: "",
    f"{_RAW}-on-a-phone/HEAD/publiccode.yml": FILE.replace(PAGE, OF_A_PHONE).replace("repository", "phone"),
}


def resolve(host: str) -> list[str]:
    return ["93.184.215.14"]


def ask(wish: Wish) -> Reply:
    content = _PAGES.get(f"https://{wish.host}{wish.target}".lower().replace("/head/", "/HEAD/"))
    return Reply(404) if content is None else Reply(200, content.encode())
