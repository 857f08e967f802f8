"""The one kind of error that a person is meant to read."""

from __future__ import annotations


class InputError(Exception):
    """Bad input from a person: printed as one message, exit code 2, nothing written.

    Parameters
    ----------
    where : str
        The file, line, option or field at fault.
    expected, found : str
        What should have stood there and what did.
    next_step : str
        What the reader of the message can do now.

    Examples
    --------
    >>> print(InputError("--from", "a month YYYY-MM", "'2016/1'", "write --from 2016-01"))
    --from: expected a month YYYY-MM, found '2016/1'. What to do: write --from 2016-01.
    """

    def __init__(self, where: str, expected: str, found: str, next_step: str):
        self.where, self.expected, self.found, self.next_step = where, expected, found, next_step
        super().__init__(
            printable(f"{where}: expected {expected}, found {found}. What to do: {next_step.rstrip('.')}.")
        )


def printable(text: str) -> str:
    r"""Text from outside as it can be shown: control characters and the like are spelt out.

    >>> printable("a\x1b[1m.txt")
    'a\\x1b[1m.txt'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class BuildError(Exception):
    """A check failed while an edition was being made: exit code 1, the previous edition stays."""


class MissingSystemLibrary(Exception):
    """A system library is absent: the rest is still built, exit code 3."""
