"""Settings of all tests."""

from hypothesis import settings

# A machine under load is slow now and then: that is no failure of what is tested.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
