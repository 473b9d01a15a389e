"""The pack of a meeting: its sections, read from the records, frozen when it is published, and printed."""
