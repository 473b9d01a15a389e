"""The entries of the demo's registry, in the words of the councils that wrote them. All are illustrative."""

from dataclasses import dataclass, field

from assets_registry.models import Asset
from councils.kinds import Tier
from take_up.models import Adoption

LIVE, PILOTING, EVALUATING = Adoption.Status.LIVE, Adoption.Status.PILOTING, Adoption.Status.EVALUATING
KIND = Asset.Kind


@dataclass(frozen=True)
class AssetEntry:
    """One asset with its owner, release, terms and adopters."""

    name: str
    kind: str
    owner: str
    day: str
    tier: str
    services: tuple[int, ...]
    licence: str
    version: str
    project: str
    summary: str
    description: str
    adopters: dict[str, str]
    changed: dict[str, str] = field(default_factory=dict)  # by adopter: what it had to change
    leaving: str = ""
    from_the_first_day: int = 0  # how many of the adopters had it on the day of its release
    runs_on: tuple[str, ...] = ()
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # open, proprietary, hardware


ENTRIES = [
    AssetEntry(
        "Deferred payment calculator", KIND.CODE, "Warwickshire", "2015-06-01", Tier.UPPER, (1756,), "MIT", "1.2",
        "Deferred payment calculator",
        "Works out whether someone can put off paying for care, and what it would cost in the end.",
        """Somebody who owns their home may ask to pay for residential care later, out of the sale. Most families hear of
it late and cannot do the sum. The calculator asks eleven questions and shows three figures: what the council would pay
each week, what would be owed after one, two and three years, and what would be left of the home.

## What is in it

- The calculator, as a page of its own or as part of a page you have.
- Interest rate, fees and thresholds in one file. We change it each January and July.
- The letter that a social worker hands over with the result.

## Before you start

Ask finance who will change the rates and put the dates in their calendar: we were three weeks late the first time. Then
show it to two families before you publish. Ours took “top-up” for something one buys at a garage.

## What it does not do

It decides nothing and keeps nothing that people type. An officer still looks at every case.""",
        {"Warwickshire": LIVE, "Hampshire": LIVE, "Leeds": LIVE, "Surrey": PILOTING, "Luton": EVALUATING},
        changed={
            "Hampshire": "Our header, our fees and the phone number of the care team. Two days, and half a day with finance.",
            "Leeds": "We moved the question about a spouse to the front, since most callers are married.",
        },
        leaving="Take the page down. It holds no data, so there is nothing to hand over or delete.",
        from_the_first_day=3,
        runs_on=("web",),
        needs={"open": ("PHP", "jQuery")},
    ),
    AssetEntry(
        "Waste standards and API", KIND.STANDARD, "Luton", "2015-02-16", Tier.LOWER, (524, 528), "OGL-UK-3.0", "1.2",
        "Waste standards and API",
        "One vocabulary and one interface for missed bins, bulky waste and collection days.",
        """Every supplier of waste systems has its own word for a bin that was not emptied. So each council paid for its
own link between website and crew, and paid again when the contract changed. Eleven councils and four suppliers sat down
in 2014 and agreed on one set of names and one set of calls.

## What is in it

- Names for 41 events, containers and rounds, with a sentence on when to use each.
- The description of the interface, with an example of every call and every answer.
- A test that tells you whether a supplier’s system answers as it should.

## Before you start

Print the list of names and go through it with somebody who drives a round. We found four that our crews use the other
way about. Then put the standard into your next contract, not the one after.

## What it does not do

It says nothing about commercial waste, and payment for bulky waste is left to your own system.""",
        {"Luton": LIVE, "Harlow": LIVE, "Bristol": LIVE, "Leeds": LIVE, "Exeter": LIVE, "Camden": LIVE,
         "Norwich": LIVE, "Cherwell": PILOTING, "Sunderland": PILOTING},
        changed={
            "Exeter": "Nothing in the standard. Our supplier needed six weeks to answer two of the calls.",
            "Norwich": "We added “bin not out” as a reason, and it is now in version 1.2.",
        },
        from_the_first_day=2,
    ),
    AssetEntry(
        "Missed bin reporter", KIND.CODE, "Luton", "2015-04-20", Tier.LOWER, (524,), "Apache-2.0", "0.9",
        "Waste standards and API",
        "A form that tells the crew in the cab, written against the waste standard.",
        """A resident says which bin was missed and the crew sees it in the cab while it is still on the round. If the crew
has already said why (bin not out, road blocked, wrong things in it), the resident reads that instead and we get no call.

## What is in it

- The form, in plain HTML, with our wording and the wording that we tried first.
- A stand-in for the supplier’s side, so that you can try it before you talk to yours.

## Before you start

Your supplier has to speak the waste standard, at least its two calls for missed collections. Show the relief crews how
to note a reason: in our first month two rounds reported nothing because nobody had.

## What it does not do

It takes no photographs, and assisted collections still go through the contact centre.""",
        {"Luton": LIVE, "Harlow": PILOTING},
        changed={"Luton": "It is ours. The stand-in took longer to write than the form."},
        leaving="Point the link on your website back at your old form. Reports that are open stay with your supplier.",
        runs_on=("web",),
        needs={"open": ("Waste standards and API",), "proprietary": ("a look-up of addresses",)},
    ),
    AssetEntry(
        "What families ask about paying for care", KIND.RESEARCH, "Kent", "2014-08-14", Tier.UPPER, (1756,),
        "OGL-UK-3.0", "", "Caresupermarket.com",
        "Twenty-two interviews with families in the month before somebody moved into care.",
        """We asked 22 families what they wanted to know, whom they asked, and what they found out too late. The question
they asked first was not what care costs. It was whether Mum would have to move again when the money ran out.

## What is in it

- The findings on four pages, with what people said in their own words.
- The questions we asked, so that you can ask them too.
- What we changed on our care pages afterwards.

## Before you use it

All 22 lived in Kent, and 19 owned their home. If many people in your area rent, ask five families of your own first.""",
        {"Surrey": LIVE, "Essex": LIVE},
        changed={"Essex": "We repeated six of the interviews in Harwich and heard the same first question."},
    ),
    AssetEntry(
        "Outline business case on two pages", KIND.BUSINESS_CASE, "Warwickshire", "2014-09-18", Tier.ALL, (),
        "OGL-UK-3.0", "2", "",
        "Volume, unit cost, saving, take-up and payback, with plus and minus a fifth.",
        """Our finance board used to get 40 pages and read two. This is the two: how many cases a year, what each costs
now, what it would cost, how many people will use the new way, and when it has paid for itself. Each figure is shown a
fifth higher and a fifth lower, so that nobody has to ask.

## What is in it

- The template as a spreadsheet. Fill in the white cells; the grey ones add up.
- Three cases that we took to our board: one accepted, one sent back, one turned down.

## Before you use it

Agree with finance what a call and a visit cost before you fill anything in. We argued about nothing else.""",
        {"Harlow": LIVE, "Camden": LIVE, "Sunderland": LIVE, "Exeter": EVALUATING},
        changed={
            "Harlow": "We took out the line for redundancy costs and added one for the contractor’s change fee.",
            "Camden": "Our own unit costs, from the budget book.",
        },
    ),
    AssetEntry(
        "Open standards clause for waste contracts", KIND.PROCUREMENT, "Bristol", "2015-03-05", Tier.LOWER,
        (524, 528), "OGL-UK-3.0", "1", "Waste standards and API",
        "A clause that lets a council change supplier without changing its website.",
        """Half a page to put into a waste contract. The supplier answers the calls of the waste standard, shows it with
the standard’s own test before the first payment, and hands over all data in the same form when the contract ends.

## What is in it

- The clause, and an annex with the calls that have to work on the first day.
- Six questions to put to suppliers, with answers that should worry you.

## Before you use it

Two legal teams have read it, ours and Exeter’s. Let yours read it as well: it was written for contracts under English
law. Suppliers asked us for a longer first phase; we gave them 12 weeks.""",
        {"Exeter": PILOTING},
    ),
    AssetEntry(
        "Prove it once", KIND.DESIGN_PATTERN, "Leeds", "2015-01-22", Tier.ALL, (279,), "OGL-UK-3.0", "1",
        "Verify, check, deliver",
        "How to ask for consent to check what somebody else already knows, in words residents understood.",
        """To get a parking permit people send us their driving licence, a bill and the log book. DVLA knows two of the
three. This is the page on which we ask whether we may look, and what comes after yes, no and “what do you mean?”.

## What is in it

- Four screens, tried with 31 residents in two libraries.
- The words that failed, and what people thought they meant. “Attribute” was taken for a compliment.
- The letter for people who say no. They get their permit too.

## Before you use it

You need an agreement with whoever knows the answer. We have one with DVLA for a trial and cannot pass it on.""",
        {"Warwickshire": PILOTING, "Harlow": EVALUATING},
    ),
    AssetEntry(
        "Discovery Day in a box", KIND.TRAINING, "DCLG", "2014-12-18", Tier.ALL, (), "OGL-UK-3.0", "3", "",
        "Everything a facilitator needs to run a Discovery Day: agenda, cards, posters, feedback.",
        """What we carry to a Discovery Day, as files to print. With it two people can run a day for 50: one leads, the
other writes down.

## What is in it

- The agenda, minute by minute, with where it usually runs late.
- Cards for issues and for who is affected, eight to a sheet.
- The poster for the wall, and the feedback form.

## Before you use it

Book a room with walls that one may stick paper on. Ask everyone to bring one figure from their own service: without
figures we could not say which issue was the largest.""",
        {"Kent": LIVE, "Leeds": LIVE},
        changed={"Leeds": "We finish at three: half of our people have to collect children."},
    ),
    AssetEntry(
        "Assisted digital policy", KIND.POLICY, "Sunderland", "2014-07-30", Tier.ALL, (437,), "OGL-UK-3.0", "",
        "", "Who helps those who cannot do it online alone, where, and how that is paid for.",
        """When forms moved online, some people could not follow. Our cabinet decided that every library helps with any
council form, on every day it is open, and that the service whose form it is pays for the time.

## What is in it

- The policy as cabinet adopted it, on three pages.
- What it costs for each of our 19 libraries, and how we worked that out.
- The half-day of training that two people in each library have had.

## Before you use it

Decide how you will count the people you help. We did not for the first six weeks, and wish we had.""",
        {"Sunderland": LIVE, "Norwich": EVALUATING},
    ),
]  # fmt: skip

# Of today: Harlow's first asset waits for its publisher, Surrey's is published.
BIN_DAY_TEXTS = """Harlow sends about 9,000 texts a week: one on the evening before a collection, with the colour of
the bin, and one whenever a round moves, usually for a bank holiday. People ask for them on a form of one page and stop
them by answering STOP.

## What is in it

- The form, and the check that a number is a mobile number. Half of our first list were landlines.
- The evening run, which reads tomorrow’s rounds from any system that speaks the waste standard.
- The wording of both texts, each within 160 characters.

## Before you start

You need an account for text messages. Ours costs 2p a text, about £9,400 a year for us. Tell your contact centre the day
before the first run: people ring to ask whether it is really you.

## What it does not do

It does not take reports. An answer other than STOP goes to an inbox that somebody has to read."""
WORDS_FOR_POTHOLES = """Our crews could not find one reported pothole in five. “Outside the shop” was the usual reason. We
tried four ways of asking, with 60 people on two high streets, and these are the two that worked.

## What is in it

- The question to put beside a map, and the one for people on the phone.
- What crews want to know first: which side of the road, and how far from the kerb.

## Before you use it

We tried it on streets with shops. On lanes without house numbers people still need the map."""
