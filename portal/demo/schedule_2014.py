"""The 41 events of 2014.

The report gives the totals: 41 events, 1,838 delegates; UKAuthority counted 28 events and about 1,400 delegates by the
programme's first anniversary (here the end of October; the day is illustrative). Titles, dates, places and how the
delegates are spread over the events are illustrative. Each row: day, kind, title, venue, delegates.
"""

from events.models import Event

DISCOVERY, CO_DESIGN = Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY
WORKSHOP, CONFERENCE = Event.Kind.WORKSHOP, Event.Kind.CONFERENCE
LEADERSHIP, DINNER = Event.Kind.THOUGHT_LEADERSHIP, Event.Kind.DINNER_DEBATE

STREAM_OF = {
    DISCOVERY: Event.Stream.DISCOVERY,
    CO_DESIGN: Event.Stream.DISCOVERY,
    WORKSHOP: Event.Stream.SKILLS,
    CONFERENCE: Event.Stream.FUTURES,
    LEADERSHIP: Event.Stream.FUTURES,
    DINNER: Event.Stream.FUTURES,
}

EVENTS = [
    ("2014-01-16", WORKSHOP, "User needs: finding out before building", "London", 46),
    ("2014-01-29", CONFERENCE, "Local Digital Futures: the connected council", "Manchester", 132),
    ("2014-02-06", WORKSHOP, "Agile for heads of service", "Leeds", 38),
    ("2014-02-20", DISCOVERY, "Discovery Day: property data and fraud", "London", 44),
    ("2014-03-04", LEADERSHIP, "Leading a digital council", "London", 36),
    ("2014-03-13", WORKSHOP, "Customer journeys from start to finish", "Bristol", 41),
    ("2014-03-26", DISCOVERY, "Discovery Day: household waste", "Birmingham", 52),
    ("2014-04-03", WORKSHOP, "Service design for busy people", "London", 40),
    ("2014-04-10", CO_DESIGN, "Co-Design Day: property data and fraud", "London", 36),
    ("2014-04-24", DINNER, "Dinner debate: standards or platforms?", "London", 24),
    ("2014-05-01", WORKSHOP, "Writing for the web, and for everyone", "Nottingham", 43),
    ("2014-05-14", DISCOVERY, "Discovery Day: paying for care", "London", 47),
    ("2014-05-22", CO_DESIGN, "Co-Design Day: household waste", "Luton", 40),
    ("2014-06-04", CONFERENCE, "Local Digital Futures: services people choose", "Birmingham", 148),
    ("2014-06-11", WORKSHOP, "Performance dashboards that managers read", "Newcastle upon Tyne", 34),
    ("2014-06-18", DISCOVERY, "Discovery Day: vehicle data for councils", "Swansea", 45),
    ("2014-06-26", WORKSHOP, "Identity assurance explained", "London", 48),
    ("2014-07-03", WORKSHOP, "Digital inclusion: nobody left out", "Sheffield", 42),
    ("2014-07-09", CO_DESIGN, "Co-Design Day: paying for care", "Warwick", 38),
    ("2014-07-17", LEADERSHIP, "Members and the digital council", "London", 34),
    ("2014-07-24", CO_DESIGN, "Co-Design Day: vehicle data for councils", "Cardiff", 37),
    ("2014-09-04", DISCOVERY, "Discovery Day: checking who is eligible", "London", 54),
    ("2014-09-11", WORKSHOP, "Security for people who run services", "Exeter", 39),
    ("2014-09-18", WORKSHOP, "User experience by testing with five people", "Cambridge", 36),
    ("2014-09-25", DINNER, "Dinner debate: who owns the data?", "London", 26),
    ("2014-10-02", CO_DESIGN, "Co-Design Day: checking who is eligible", "Leeds", 41),
    ("2014-10-15", CONFERENCE, "Local Digital Futures: one year on", "London", 121),
    ("2014-10-23", WORKSHOP, "Buying digital: contracts that can change", "Liverpool", 38),
    # 28 events and 1,400 delegates by 31 October
    ("2014-11-04", WORKSHOP, "Social media in an emergency", "Carlisle", 30),
    ("2014-11-06", WORKSHOP, "Coding for beginners", "London", 37),
    ("2014-11-11", DISCOVERY, "Discovery Day: moving house", "London", 39),
    ("2014-11-13", WORKSHOP, "Web development with shared patterns", "Brighton", 33),
    ("2014-11-18", LEADERSHIP, "Chief executives on savings that last", "London", 28),
    ("2014-11-20", WORKSHOP, "A digital strategy on two pages", "York", 35),
    ("2014-11-25", DISCOVERY, "Discovery Day: free school meals", "Manchester", 36),
    ("2014-11-27", WORKSHOP, "User needs: the second course", "Norwich", 31),
    ("2014-12-02", WORKSHOP, "Agile in a week", "London", 34),
    ("2014-12-04", DINNER, "Dinner debate: what comes after default?", "London", 22),
    ("2014-12-09", WORKSHOP, "Service design with partners", "Preston", 32),
    ("2014-12-11", CONFERENCE, "Local Digital Futures: health and care together", "London", 52),
    ("2014-12-16", WORKSHOP, "Customer journeys: the second course", "Reading", 29),
]

# The skill of the survey's question 15 that a workshop taught, by how its title begins.
TAUGHT = {
    "User needs": "user-needs",
    "Agile": "agile",
    "Customer journeys": "customer-journey",
    "Service design": "service-design",
    "Writing for the web": "ux-design",
    "Performance dashboards": "performance-dashboards",
    "Identity assurance": "identity-assurance",
    "Digital inclusion": "digital-inclusion",
    "Security": "security",
    "User experience": "ux-design",
    "Buying digital": "procurement",
    "Social media": "social-media",
    "Coding": "coding-for-non-techies",
    "Web development": "web-development",
    "A digital strategy": "digital-strategies",
}

# What each was about, without Discovery and Co-Design Days, whose titles say it. The workshops' subjects are
# the key digital skills of the report's survey (2.12); what they did with them is illustrative.
ABOUT = {
    "User needs: finding out before building": "Ask five residents what they came to your website for, and only then "
    "decide what to build.",
    "Agile for heads of service": "What working in two-week sprints changes for whoever answers for the service and its "
    "budget.",
    "Customer journeys from start to finish": "Follow one council tax query from the first search to the last letter, "
    "and mark where people give up.",
    "Service design for busy people": "Redraw one of your forms in a day, with people who fill it in and people who "
    "process it.",
    "Writing for the web, and for everyone": "Bring a page that people ring about, and rewrite it until a nine-year-old "
    "can follow it.",
    "Performance dashboards that managers read": "Choose four figures a month for a service: how many, what each cost, "
    "how many finished online and how satisfied they were.",
    "Identity assurance explained": "How central government plans to confirm online who somebody is, and which council "
    "services could rely on it.",
    "Digital inclusion: nobody left out": "Who in your area is not online, who helps them today, and what libraries "
    "could take on.",
    "Security for people who run services": "What to ask your supplier about passwords, backups and access before "
    "something goes wrong.",
    "User experience by testing with five people": "Watch five people use a council form, and agree by the afternoon "
    "what to change first.",
    "Buying digital: contracts that can change": "How to buy in small lots, and to write a contract that lets you change "
    "your mind.",
    "Social media in an emergency": "Rehearse two hours of a flood: who posts, who answers, and who puts a rumour right.",
    "Coding for beginners": "Change a web page and a small script yourself, so that you know what to ask a developer for.",
    "Web development with shared patterns": "Build one form from shared patterns, so that residents find the same form "
    "in every council.",
    "A digital strategy on two pages": "Cut your strategy down to what will be done this year, by whom, and how you will "
    "know.",
    "User needs: the second course": "For those who have interviewed residents once: turn the notes of ten interviews "
    "into three needs.",
    "Agile in a week": "Plan a week that takes one small service from an idea to a first test, and do its first day.",
    "Service design with partners": "Draw what happens when somebody leaves hospital, with health, housing and charities "
    "at one table.",
    "Customer journeys: the second course": "Take a journey that you have drawn, count what each step costs, and choose "
    "one to do without.",
    "Dinner debate: standards or platforms?": "Should councils agree on standards and buy for themselves, or share one "
    "platform?",
    "Dinner debate: who owns the data?": "Who may decide what happens to a council’s records: the resident, the council "
    "or its supplier?",
    "Dinner debate: what comes after default?": "Once a service is digital by default, what becomes of the phone line "
    "and the counter?",
    "Local Digital Futures: the connected council": "What faster broadband and working away from the desk will change "
    "for councils and the people they serve.",
    "Local Digital Futures: services people choose": "Councils show services that most people now use online, and what "
    "made them change.",
    "Local Digital Futures: one year on": "What the first Discovery and Co-Design Days found, and what to expect of "
    "2015.",
    "Local Digital Futures: health and care together": "What the Care Act asks of councils from April 2015, and what "
    "they have to share with the NHS for it.",
    "Leading a digital council": "Chief executives and directors compare who leads digital work in their councils, and "
    "who should.",
    "Members and the digital council": "What councillors answer for when a service moves online, and what they want to "
    "be told about it.",
    "Chief executives on savings that last": "Which savings were still there in the second year, and how their councils "
    "know.",
}
