from core.privacy import Personal

# Keys to the person behind an entry, on every table of this app.
WHO = Personal(
    "Who recorded it",
    "So that it can be accounted for",
    "People who are signed in",
    "As long as the entry; the name goes when the account is closed",
)
