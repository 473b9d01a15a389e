"""What the report of 2014 prints, typed off it for the tests: row, 2013, 2014, and its own column of change."""

BENEFITS = """flexible-working 92.1 93.1 1.0
transformation 89.9 90.2 0.3
interact 84.0 89.6 5.6
better-for-less 91.0 89.6 -1.4
customer-journey 84.4 88.9 4.5
cost-effective 79.8 87.3 7.5
assisted-digital 83.1 79.6 -3.5
collaborate-within 77.6 74.1 -3.5
collaborate-wider 72.5 72.5 0.0
sharing-services 61.8 67.6 5.8
councillors 62.3 66.5 4.2
accountability 49.1 64.3 15.2
local-economy 37.6 41.3 3.7
outsourcing 34.9 39.9 5.0"""
IMPORTANCE = """own-leadership 92.7 91.5 -1.2
best-practice 81.9 86.5 4.6
internal-resource 83.7 84.5 0.8
inclusion - 84.5 -
sector-leadership 80.3 80.7 0.4
sharing-data 77.4 80.6 3.2
own-strategy 78.0 80.1 2.1
business-case 85.4 78.3 -7.1
exemplars 70.1 76.8 6.7
shared-assets 73.0 73.6 0.6
suppliers 59.0 63.6 4.6
national-strategy 50.0 58.6 8.6"""
LEADS = """web-manager 51.9 70.6 18.7
head-of-customer-service 57.5 64.3 6.8
head-of-it 68.3 62.4 -5.9
head-of-transformation 42.4 45.0 2.6
chief-executive 45.1 39.6 -5.5
service-heads 39.4 34.0 -5.4
frontline 21.9 30.2 8.3
elected-members 39.1 28.8 -10.3
chief-digital-officer - 26.2 -
consultants 8.9 22.8 13.9
head-of-finance 23.6 17.1 -6.5
suppliers 12.0 15.8 3.8"""
STRATEGY = """yes 35.5 47.9 12.4
intended 50.6 38.3 -12.3
no 13.9 13.8 -0.1"""
STATEMENTS = """useful 81.2 86.1 4.9
key-part 60.2 67.3 7.1
ready 57.9 64.4 6.5"""
TODAY = """services 24.8 27.7 2.9
transactions 38.0 37.8 -0.2"""
SAVINGS = """yes 60.4 64.9 4.5
no 39.6 35.1 -4.5"""
BARRIERS = """legacy-systems 72.7 86.0 13.3
funds 59.4 67.3 7.9
unwillingness 49.7 58.8 9.1
in-house-skills 41.9 57.6 15.7
culture 50.6 56.3 5.7
supplier-inflexibility 33.9 51.0 17.1
procurement 42.4 49.5 7.1
leadership 43.6 45.5 1.9
customer-journey 38.9 43.2 4.3
buy-in 32.9 41.9 9.0
customer-insight 39.8 39.4 -0.4
legal-requirements 26.1 29.5 3.4
broadband 40.1 27.7 -12.4
supplier-skills 16.4 24.2 7.8
marketing 21.8 24.2 2.4"""
# table, rows, how many changes the report prints
CHANGES = [
    ("benefits", BENEFITS, 14),
    ("importance", IMPORTANCE, 11),
    ("leads", LEADS, 11),
    ("strategy", STRATEGY, 3),
    ("strategy-statements", STATEMENTS, 3),
    ("digital-today", TODAY, 2),
    ("savings", SAVINGS, 2),
    ("barriers", BARRIERS, 15),
]
VALUE = "standards 93.8 identity 88.8 transaction-engine 68 digital-service 65.3 website-platform 59.6"
DEPARTMENTS = (
    "cabinet-office 23.8 dclg 21.1 dwp 19.7 hmrc 6.8 dvla 4.1 health 2.7 treasury 2.7 home-office 2.7 bis 2.0 "
    "transport 2.0 cesg 1.4 other 10.9"
)
PRIORITIES = (
    "cost 38.2 self-service 30.9 transformation 23.5 health-and-care 23.5 single-account 16.2 website 16.2 "
    "customer-service 11.8 mobile 10.3 front-and-back-office 8.8 crm 8.8 highways 7.4 it-infrastructure 7.4 "
    "inclusion 5.9 housing 5.9 environment 4.4 hr 4.4"
)
SENIORITY = "level-1 16 level-2 48 level-3 36"
ONE_YEAR = [
    ("value-to-sector", VALUE),
    ("departments", DEPARTMENTS),
    ("priorities", PRIORITIES),
    ("seniority", SENIORITY),
]
BY_LEVEL = {
    "chief-executive": (52, 22, 34),
    "web-manager": (43, 54, 74),
    "head-of-it": (65, 51, 54),
    "head-of-customer-service": (57, 57, 58),
    "head-of-transformation": (26, 35, 38),
}
# row, not important, important, key, important or key
SKILLS = """user-needs 1.0 44.3 54.6 98.9
customer-journey 2.1 47.4 50.5 97.9
service-design 4.0 53.5 42.4 95.9
security 5.5 57.1 37.4 94.5
digital-inclusion 9.4 56.3 34.4 90.7
digital-strategies 9.5 56.8 33.7 90.5
identity-assurance 12.0 55.4 32.6 88.0
ux-design 20.2 49.4 30.3 79.7
web-development 11.6 58.9 29.5 88.4
agile 13.5 63.5 22.9 86.4
social-media 16.1 65.6 18.3 83.9
procurement 30.3 55.1 14.6 69.7
performance-dashboards 29.3 59.8 10.9 70.7
coding-for-non-techies 60.2 32.3 7.5 39.8"""
