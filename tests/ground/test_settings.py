"""Variables of the environment: what cannot be used is told and does not stop anything."""

from __future__ import annotations

import pytest

from synopse.build.variables import wrong_settings
from synopse.ground.settings import source_date, time_limit


@pytest.mark.parametrize("given", ["abc", "0", "-3", "nan", "inf", "1h", "12,5"])
def test_a_time_limit_that_is_no_number_of_seconds_is_told_and_the_usual_one_is_used(given: str) -> None:
    environ = {"SYNOPSE_TIME_LIMIT": given}
    assert time_limit(environ) == 120
    assert [str(d.severity) + d.message for d in wrong_settings(environ)] == [
        f'warningSYNOPSE_TIME_LIMIT is "{given}", which is no number of seconds: 120 are used'
    ]


@pytest.mark.parametrize(("given", "seconds"), [("6", 6), (" 2.5 ", 2.5), ("1e3", 1000), ("", 120), ("120", 120)])
def test_a_time_limit_in_seconds_is_used(given: str, seconds: float) -> None:
    environ = {"SYNOPSE_TIME_LIMIT": given}
    assert time_limit(environ) == seconds and wrong_settings(environ) == []


@pytest.mark.parametrize("given", ["²", "yesterday", "-1", "9" * 13, "1.5"])
def test_a_source_date_that_is_no_number_of_seconds_is_told(given: str) -> None:
    environ = {"SOURCE_DATE_EPOCH": given}
    assert source_date(environ) is None and [d.code for d in wrong_settings(environ)] == ["bad-setting"]


def test_a_source_date_is_used() -> None:
    assert source_date({"SOURCE_DATE_EPOCH": "946684800"}) == 946684800 and source_date({}) is None
