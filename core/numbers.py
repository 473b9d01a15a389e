"""Numbers as people send them, in an address or a form."""


def whole_number(text: str, *, least: int = 0, most: int = 2**63 - 1) -> int | None:
    """The number from `least` to `most` that plain digits spell; None for anything else.

    However long the text is: Python itself refuses to read thousands of digits. Without a limit it is a key.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if least <= number <= most else None
