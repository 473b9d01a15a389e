"""The demo programme: the Local Digital campaign of 2013 to 2015, and a small programme of today to try things on.

Everything is built through the operations that people use, under a clock set to when it happened. What a published
document states is used exactly and names its source; what had to be made up to fill rows is marked illustrative.
"""
