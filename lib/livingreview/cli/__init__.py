"""The command ``livingreview``."""

from livingreview.cli.main import main

__all__ = ["main"]
