"""The 41 events of 2014 as the demo tells them.

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
    ("2014-10-23", WORKSHOP, "Buying digital: procurement that bends", "Liverpool", 38),
    # 28 events and 1,400 delegates by 31 October
    ("2014-11-04", WORKSHOP, "Social media in an emergency", "Carlisle", 30),
    ("2014-11-06", WORKSHOP, "Coding for people who do not", "London", 37),
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
