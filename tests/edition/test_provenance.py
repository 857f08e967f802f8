"""The pinned clock of an edition."""

import pytest

from livingreview.book import origins
from livingreview.edition.provenance import clock
from livingreview.errors import InputError


@pytest.mark.parametrize(("given", "seconds"), [("1700000000", 1700000000), ("0", 0)])
def test_the_environment_sets_the_clock(monkeypatch, given, seconds):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert clock() == seconds


@pytest.mark.parametrize("given", ["yesterday", "-5", "1.5", "2025-01-01", " "])
def test_what_is_no_number_of_seconds_is_refused(monkeypatch, given):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH: expected a whole number of seconds") as error:
        clock()
    assert error.value.found == repr(given)


@pytest.mark.parametrize("given", [None, ""])
def test_by_default_the_clock_stands_at_the_newest_data_day_in_utc(monkeypatch, given):
    if given is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    monkeypatch.setattr(origins, "newest_data_day", lambda: "2000-03-05")
    # 30 years with 7 leap days (1972 to 1996), then 31 + 29 + 4 days: 10,957 + 64 days of 86,400 s
    assert clock() == 11_021 * 86_400
