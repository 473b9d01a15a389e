"""The discoveries of 2014.

The six outcomes are those the report names (Local Digital Today 2014, section 4.2). Departments follow from the
outcomes; councils, needs, the other prototypes, sums and counts are illustrative.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PrototypeStory:
    """A prototype, its sums (volume, unit cost now, saving per unit, take-up %, one-off cost) and its result."""

    title: str
    summary: str
    made_by: str
    sums: tuple[int, str, str, str, str]
    share_of_votes: float
    project: dict = field(default_factory=dict)


@dataclass(frozen=True)
class NeedStory:
    title: str
    who_for: str
    what: str
    evidence: str
    cost: str
    service: int
    council: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiscoveryStory:
    title: str
    summary: str
    theme: str
    department: str
    discovery_day: str
    co_design_day: str
    purposes: tuple[str, ...]
    needs: tuple[NeedStory, ...]
    issues: tuple[str, ...]
    potential: tuple[tuple[str, str], ...]
    feasibility: str
    prototypes: tuple[PrototypeStory, ...]


PAYING_FOR_CARE = DiscoveryStory(
    title="Paying for care",
    summary="The Care Act gives everyone who owns a home the right to put off paying for their care. From April 2015 "
    "152 councils must explain it, work it out and agree it.",
    theme="Adult social care charges after the Care Act",
    department="Department of Health",
    discovery_day="2014-05-14",
    co_design_day="2014-07-09",
    purposes=("Digital by default", "Collaboration with partners"),
    needs=(
        NeedStory(
            "Know what putting off paying for care would cost",
            "People who own a home and are about to pay for care, and their families",
            "To see whether they can put off paying, and what it would cost in the end, before they talk to the council.",
            "Each council expects between 40 and 120 questions about deferred payments a month once the right begins. "
            "Most callers only want to know a rough sum.",
            "About an hour of a finance officer’s time for every first conversation",
            1756,
            "Warwickshire",
            ("Surrey", "Hampshire", "Kent", "Luton", "Leeds", "Camden", "Devon", "Norfolk"),
        ),
        NeedStory(
            "Compare care that is near and can be paid for",
            "People looking for care for a parent",
            "To find, in one place, which care is near, what it costs and how good it is.",
            "Families ring several homes and the council before they know what is available.",
            "",
            1756,
            "Kent",
            ("Surrey", "Essex", "Leeds"),
        ),
    ),
    issues=(
        "Nobody can see what a deferred payment would cost them before an officer has worked it out",
        "Information about care is scattered over councils, regulators and providers",
        "Every council is about to write the same sums into its own spreadsheet",
    ),
    potential=(
        ("One calculator for deferred payments", "A page that any council can show, with the national rules built in."),
        ("One place to compare care", "Draw together what councils, the regulator and providers already publish."),
    ),
    feasibility="The rules are national and published; interest rates change twice a year and can be kept in one file.",
    prototypes=(
        PrototypeStory(
            "Deferred payment calculator",
            "Lets people who own a home see whether they can put off paying for their care, and what it would cost, "
            "before they talk to the council.",
            "Warwickshire with four councils and the Department of Health",
            (120_000, "14.50", "9.00", "35.0", "85000.00"),
            0.71,
            {
                "lead": "Warwickshire",
                "partners": ("Surrey", "Hampshire", "Leeds", "Luton"),
                "case": "2014-11-20",
                "of_the_sums": "What a first conversation costs was counted in the five councils; how many will use the "
                "calculator is the guess of the day.",
                "updates": (
                    ("2015-01-15", "Brief agreed with the Department of Health; rules frozen until the spring."),
                    ("2015-03-20", "Five councils have tested the sums against their own spreadsheets."),
                    ("2015-06-01", "Launched. First three councils show it on their care pages."),
                    ("2015-12-08", "Six months on: 200 to 300 visits a council, but only two agreements a month."),
                ),
                "launch": "2015-06-01",
            },
        ),
        PrototypeStory(
            "Caresupermarket.com",
            "Pulls together sources of information about accessing care.",
            "Kent, Essex and the Department of Health",
            (400_000, "6.20", "2.10", "20.0", "310000.00"),
            0.55,
            {
                "lead": "Kent",
                "partners": ("Essex",),
                "updates": (("2014-11-12", "Providers’ data agreed in outline."),),
            },
        ),
        PrototypeStory(
            "A care account on a phone",
            "Keeps a running total of what someone has paid towards the cap on care costs.",
            "Camden and Leeds",
            (90_000, "8.00", "3.00", "15.0", "260000.00"),
            0.19,
        ),
    ),
)

PROPERTY_DATA = DiscoveryStory(
    title="Property data and fraud",
    summary="Who owns a home is known to the Land Registry and asked again by every council service that depends on it.",
    theme="Ownership checks",
    department="Land Registry",
    discovery_day="2014-02-20",
    co_design_day="2014-04-10",
    purposes=("Collaboration with partners", "Input into exemplar services"),
    needs=(
        NeedStory(
            "Know who owns a property without asking for papers",
            "Housing, council tax and fraud officers",
            "To check ownership while the resident is still on the phone.",
            "A title search takes three days on average and is paid for one by one.",
            "£3 a search and three days of waiting",
            69,
            "Camden",
            ("Leeds", "Birmingham", "Luton", "Harlow", "Westminster"),
        ),
    ),
    issues=("Ownership is asked for on paper that the public sector already holds", "Searches are paid for singly"),
    potential=(("One query for ownership", "A count of matches and a yes or no, without handing over the register."),),
    feasibility="A legal basis exists for fraud; for other services a memorandum is needed.",
    prototypes=(
        PrototypeStory(
            "Land Registry property data",
            "Accessing Land Registry property data to reduce fraud.",
            "Camden, Leeds and the Land Registry",
            (250_000, "3.00", "2.40", "60.0", "140000.00"),
            0.78,
            {
                "lead": "Camden",
                "partners": ("Leeds", "Birmingham"),
                "draft": "2014-10-30",
                "of_the_sums": "How many searches a year are paid for is known of three councils only.",
                "updates": (("2014-12-04", "Memorandum with the Land Registry in its second draft."),),
            },
        ),
        PrototypeStory(
            "A shared list of second homes",
            "Councils compare council tax records to find the same person in two single-occupier homes.",
            "Birmingham and Westminster",
            (80_000, "5.00", "2.00", "30.0", "120000.00"),
            0.28,
        ),
    ),
)

WASTE = DiscoveryStory(
    title="Household waste",
    summary="Every council describes a missed bin differently, so every supplier builds the same connection again.",
    theme="Standards between waste departments and their suppliers",
    department="Defra",
    discovery_day="2014-03-26",
    co_design_day="2014-05-22",
    purposes=("Sharing good practice", "Collaboration with partners"),
    needs=(
        NeedStory(
            "Change waste supplier without changing the website",
            "Waste managers and web teams",
            "One vocabulary and one interface for missed bins, bulky waste and collection days.",
            "Each change of contract cost between £30,000 and £60,000 of integration work.",
            "£30,000 to £60,000 for each change of contract",
            524,
            "Luton",
            ("Harlow", "Bristol", "Leeds", "Camden", "Wycombe", "Corby", "Cherwell", "Exeter"),
        ),
        NeedStory(
            "Tell residents when a collection day changes",
            "Residents, and the call centre",
            "To hear about a changed bin day from the council, not from the crew.",
            "Calls treble in the weeks after a bank holiday.",
            "Around 400 calls for each bank holiday",
            524,
            "Harlow",
            ("Luton", "Exeter", "Norwich"),
        ),
    ),
    issues=(
        "No two councils and no two suppliers call the same thing by the same name",
        "Crews know first and residents last",
    ),
    potential=(("A vocabulary for waste", "Names for events, containers and rounds, agreed with suppliers."),),
    feasibility="Four suppliers said on the day that they would build to a standard that ten councils ask for.",
    prototypes=(
        PrototypeStory(
            "Waste standards and API",
            "Standards and an Application Programming Interface (API) for council waste departments and suppliers.",
            "Luton with Harlow, Bristol and two suppliers",
            (1_500_000, "2.83", "1.90", "25.0", "180000.00"),
            0.82,
            {
                "lead": "Luton",
                "partners": ("Harlow", "Bristol", "Leeds"),
                "case": "2014-08-20",
                "of_the_sums": "The sums count calls about bins; what a change of supplier saves comes on top.",
                "updates": (
                    (
                        "2014-10-09",
                        "Vocabulary 1.0 published for comment; eleven councils and four suppliers answered.",
                    ),
                    ("2015-02-12", "Luton and Harlow report missed bins through the same interface."),
                ),
                "launch": "2015-02-16",
            },
        ),
        PrototypeStory(
            "Bin day by text message",
            "A text on the evening before, and again when the day changes.",
            "Harlow and Exeter",
            (600_000, "2.83", "1.20", "18.0", "90000.00"),
            0.41,
        ),
    ),
)

VEHICLES = DiscoveryStory(
    title="Vehicle data for councils",
    summary="Parking permits, blue badges and abandoned cars all turn on what the DVLA already knows.",
    theme="Checks with the DVLA",
    department="Department for Transport",
    discovery_day="2014-06-18",
    co_design_day="2014-07-24",
    purposes=("Input into exemplar services", "Collaboration with partners"),
    needs=(
        NeedStory(
            "Give a parking permit without asking for papers",
            "Residents who want a parking permit",
            "To be recognised as keeper of a car without posting a copy of the log book.",
            "A parking permit costs £10.10 to issue, of which £2.24 goes on checking who and what.",
            "£2.24 a permit for checks",
            474,
            "Camden",
            ("Brighton and Hove", "Leeds", "Surrey", "Westminster"),
        ),
    ),
    issues=("The keeper is asked to prove what the DVLA knows", "Each council would need its own agreement"),
    potential=(("One gateway to keeper checks", "A yes or no on keeper and address, with consent."),),
    feasibility="Technically small; the legal gateway for sharing has to be found first.",
    prototypes=(
        PrototypeStory(
            "DVLA data sharing",
            "Sharing DVLA data with local authorities to help them fill information gaps and deliver services more "
            "efficiently.",
            "Camden, Brighton and Hove, and the DVLA",
            (900_000, "10.10", "2.24", "40.0", "220000.00"),
            0.68,
            {
                "lead": "Camden",
                "partners": ("Brighton and Hove", "Leeds"),
                "case": "2014-11-05",
                "of_the_sums": "The cost of a permit is that of the Co-Design Day; the legal work is not in it.",
                "updates": (("2014-12-15", "Second version of the case waits for advice on the legal gateway."),),
            },
        ),
        PrototypeStory(
            "Abandoned cars on a map",
            "Residents report a car, and the map shows which ones have been checked.",
            "Leeds",
            (60_000, "8.00", "2.00", "30.0", "70000.00"),
            0.31,
        ),
    ),
)

ELIGIBILITY = DiscoveryStory(
    title="Checking who is eligible",
    summary="Blue badges, free school meals and discounts each ask residents to prove again what another office knows.",
    theme="Attribute checks between local and central government",
    department="Government Digital Service",
    discovery_day="2014-09-04",
    co_design_day="2014-10-02",
    purposes=("Input into exemplar services", "Digital by default"),
    needs=(
        NeedStory(
            "Stop asking residents to prove the same thing twice",
            "Residents who apply for help, and the officers who check",
            "To be checked once, with consent, against what central government already knows.",
            "Half of blue badge applications are returned at least once for a missing paper.",
            "About 25 minutes of checking for each application",
            279,
            "Leeds",
            ("Warwickshire", "Surrey", "Harlow", "Luton", "Wigan", "Sunderland"),
        ),
    ),
    issues=("The same three documents are asked for by every service", "Nobody may see more than a yes or a no"),
    potential=(("Automatic attribute checking", "Ask once, get a yes or a no, keep nothing."),),
    feasibility="Feasible where the resident consents; depends on identity assurance being available to councils.",
    prototypes=(
        PrototypeStory(
            "Verify, check, deliver",
            "Automatic local-central attribute checking to transform service eligibility checking.",
            "Leeds, Warwickshire and the Government Digital Service",
            (700_000, "7.40", "3.10", "30.0", "350000.00"),
            0.73,
            {
                "lead": "Leeds",
                "partners": ("Warwickshire", "Sunderland"),
                "updates": (("2014-12-11", "Blue badge chosen as the first service to try."),),
            },
        ),
        PrototypeStory(
            "One letter of entitlement",
            "A letter that residents can show anywhere for a year.",
            "Sunderland",
            (200_000, "4.00", "1.10", "25.0", "60000.00"),
            0.24,
        ),
    ),
)

DISCOVERIES = (PROPERTY_DATA, WASTE, PAYING_FOR_CARE, VEHICLES, ELIGIBILITY)

# Begun in November 2014 with further departments; still at step 1 when the report was written.
LATE = (
    ("Moving house", "Everybody tells the council, the DVLA and HMRC the same address.", "DWP", "2014-11-11"),
    (
        "Free school meals",
        "Over a million children; one check that every council builds for itself.",
        "HMRC",
        "2014-11-25",
    ),
)
