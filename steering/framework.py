"""The documents that the strategy rests on: the terms of reference, Planting the Flag, and the seven departments."""

from dataclasses import dataclass

TERMS_SOURCE = "Local Government Digital Alliance: purpose and terms of reference, July 2013"
CAMPAIGN_SOURCE = "Local Digital Today 2014, DCLG, February 2015, part 4"
FLAG_SOURCE = "Socitm, Planting the Flag, as quoted in Local Government and Digital by Default, 2013"

# The terms of reference, in their own words.
TERMS = (
    (
        "Strategic oversight",
        "strategic oversight of the work of the alliance to ensure coordination between different activities to "
        "deliver outcomes",
    ),
    ("Political leadership", "political leadership of digital transformation activity"),
    (
        "A conduit for removing blocks",
        "a conduit for removing blocks to successful transformation of local public services",
    ),
)

# The departments which between them handle the majority of central transactions: address, name.
SEVEN_DEPARTMENTS = (
    ("hmrc", "HM Revenue & Customs"),
    ("department-for-transport", "Department for Transport"),
    ("dwp", "Department for Work and Pensions"),
    ("ministry-of-justice", "Ministry of Justice"),
    ("bis", "Department for Business, Innovation and Skills"),
    ("defra", "Department for Environment, Food and Rural Affairs"),
    ("home-office", "Home Office"),
)


@dataclass(frozen=True)
class FlagItem:
    """One of the fifteen items of Planting the Flag: its key, its group, its name, and what the document says of it."""

    key: str
    group: str
    name: str
    wording: str = ""
    short: str = ""  # for a chart on a phone, where the name is long

    @property
    def in_short(self) -> str:
        return self.short or self.name


PRINCIPLE, CAPABILITY, ISSUE = "Core principles", "Strategic capabilities", "Key issues"
GROUPS = (PRINCIPLE, CAPABILITY, ISSUE)
ITEMS = (
    FlagItem(
        "share",
        PRINCIPLE,
        "Collaborate, share and re-use",
        "Collaborate, share and re-use assets across public service organisations.",
        "Share and re-use",
    ),
    FlagItem(
        "redesign",
        PRINCIPLE,
        "Redesign services",
        "Redesign services to simplify, standardise and automate holistically taking people, processes, information "
        "and technology into account when designing services.",
    ),
    FlagItem(
        "empower",
        PRINCIPLE,
        "Innovate to empower",
        "Innovate to empower citizens and communities shifting ownership and use of information and technology towards "
        "the service user.",
    ),
    FlagItem(
        "leadership",
        CAPABILITY,
        "Leadership",
        "Politicians, managers, staff and citizens will need to be engaged and energised to address the problem of "
        "fragmented services and the legacy of paternalistic approaches.",
    ),
    FlagItem(
        "governance",
        CAPABILITY,
        "Governance",
        "Proper accountability and separation of policy, implementation and audit will be essential.",
    ),
    FlagItem("organisational_change", CAPABILITY, "Organisational change"),
    FlagItem(
        "commissioning",
        CAPABILITY,
        "Strategic commissioning and supplier management",
        short="Strategic commissioning",
    ),
    FlagItem(
        "shared_services",
        CAPABILITY,
        "Shared services",
        "Senior professionals managing and running ICT infrastructure and support desks, and technical specialists "
        "should be shared.",
    ),
    FlagItem(
        "professionalism",
        CAPABILITY,
        "Professionalism",
        "Technical and digital professionals should be accessing the same sort of accreditation schemes as legal and "
        "finance professionals do, so that organisations can be confident their skills and capabilities are fit for "
        "purpose now and in the future.",
    ),
    FlagItem("information_governance", ISSUE, "Information governance", "How the information is controlled."),
    FlagItem(
        "information_management",
        ISSUE,
        "Information management, assurance and transparency",
        "How the information is organised and shared.",
        "Information management",
    ),
    FlagItem(
        "access",
        ISSUE,
        "Digital access and inclusion",
        "How users and staff access and use the information.",
        "Access and inclusion",
    ),
    FlagItem(
        "infrastructure",
        ISSUE,
        "Local public services infrastructure",
        "How the technical structure supports public services.",
        "Infrastructure",
    ),
    FlagItem(
        "business_change",
        ISSUE,
        "Business change",
        "How public services change in order to address people, process, information and technology, as well as "
        "overcoming organisational boundaries.",
    ),
    FlagItem(
        "central_policies",
        ISSUE,
        "ICT policies of central government departments",
        "How central government ICT policy, decision-making and practice impacts on local public services.",
        "Central ICT policies",
    ),
)
KEYS = tuple(item.key for item in ITEMS)
