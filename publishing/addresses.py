"""File names in addresses."""


class FileNameConverter:
    """One part of a path, as a file may be called: PostgreSQL would choke on a NUL byte."""

    regex = r"[^/\0]+"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, name: str) -> str:
        return name
