"""Living Review: science mapping that can be trusted.

The package turns records into an edition in one direction only:
``facts`` and ``corpus`` -> ``select`` -> ``analysis`` -> ``exhibits`` -> ``book`` (what
chapters import) -> ``edition`` -> ``cli``.
"""

__version__ = "0.1.0"
