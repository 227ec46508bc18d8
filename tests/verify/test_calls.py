"""Recordings and rows: planted truth, vetoes, and what must stay open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.record.call import Call, CallParty, CallRole
from quoth.record.call_record import CallRecord, MatchOutcome
from quoth.terms.digest import digest_of
from quoth.terms.phone import PhoneNumber
from quoth.terms.when import day
from quoth.verify.calls import match_calls
from quoth.verify.clocks import clock_times
from verify.planted import Exchange, Plan, exchange


def score(made: Exchange):
    """Right and wrong decided matches, wrong ones where no row exists, and rows used twice."""
    matches = [one for one in match_calls(made.calls, made.records) if one.outcome is MatchOutcome.MATCHED]
    right = sum(1 for one in matches if made.truth[one.call] == one.record)
    false = sum(1 for one in matches if not made.truth[one.call])
    rows = [one.record for one in matches]
    return right, len(matches) - right, false, len(rows) - len(set(rows))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_numbers_and_days_are_matched(seed):
    made = exchange(seed, Plan())
    right, wrong, _, twice = score(made)
    assert right >= 0.6 * len(made.calls)
    assert wrong <= 0.02 * (right + wrong)
    assert twice == 0


@pytest.mark.parametrize(("seed", "unit"), [(1, 1), (2, 1), (3, 1), (4, 1), (5, 6), (6, 60)])
def test_where_no_recording_has_a_row_hardly_any_is_matched(seed, unit):
    made = exchange(seed, Plan(missing=1.0, recordings=100, bursts=0.5, unit=unit))
    _, wrong, false, _ = score(made)
    assert wrong == false
    assert false <= 0.02 * len(made.calls)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_few_lost_rows_among_many(seed):
    made = exchange(seed, Plan(missing=0.2, bursts=0.5, recordings=100))
    right, wrong, false, _ = score(made)
    assert right >= 0.4 * len(made.calls)
    assert wrong <= 0.03 * (right + wrong)
    assert false <= 0.05 * sum(1 for row in made.truth.values() if not row)


@pytest.mark.parametrize("plan", [
    Plan(callee_known=False, caller_known=False, precision="month"),
    Plan(callee_known=False, caller_known=False, precision="day"),
])  # fmt: skip
def test_sealed_numbers_stay_open(plan):
    made = exchange(5, plan)
    matches = match_calls(made.calls, made.records)
    assert {one.outcome for one in matches} <= {MatchOutcome.CANNOT_TELL, MatchOutcome.NONE_FITS}
    assert all("number" in one.would_settle for one in matches)


@pytest.mark.parametrize("seed", [1, 2])
def test_masked_called_numbers_can_still_match(seed):
    made = exchange(seed, Plan(callee_masked=True))
    right, wrong, _, _ = score(made)
    assert right >= 0.5 * len(made.calls)
    assert wrong <= 0.02 * (right + wrong)


@pytest.mark.parametrize("seed", [1, 2])
def test_minute_rounding_is_inferred_and_leaves_more_open(seed):
    rough, exact = exchange(seed, Plan(unit=60)), exchange(seed, Plan())
    matches = match_calls(rough.calls, rough.records)
    right, wrong, _, _ = score(rough)
    assert wrong <= 0.02 * len(rough.calls)
    assert right < score(exact)[0]
    assert any("rounded to 60 s" in reason for one in matches for reason in one.reasons)
    still = [one for one in matches if one.outcome is MatchOutcome.CANNOT_TELL]
    assert any("lengths to the second" in one.would_settle for one in still)


def row(name, start, seconds, *, callee="+44 1632 960114", caller="+44 7700 900461", exhibit="x-file"):
    return CallRecord(
        id=name, exhibit=exhibit, rendition=digest_of(b"file"), row=1, cells=(), start=start, duration_s=seconds,
        caller=PhoneNumber.of(caller), callee=PhoneNumber.of(callee),
    )  # fmt: skip


def recording(seconds, *, claimed="2031-03-03", words="3 March 2031", callee="+44 1632 960114", name="k-1"):
    parties = (CallParty(role=CallRole.CALLEE, number_as_said=callee),) if callee else ()
    return Call(
        id=name, exhibit="x-call", recording=digest_of(name.encode()), duration_ms=int(seconds * 1000),
        parties=parties, claimed=day(words, claimed) if claimed else None,
    )  # fmt: skip


def background():
    """Forty calls of other people on other days, so that a file looks like one."""
    return [
        row(
            f"r-b{n:02}",
            f"2031-0{n % 5 + 1}-{n % 27 + 1:02}T0{n % 9}:15:00",
            7 + 13 * n % 97,
            callee=f"+44 1632 960{n:03}",
        )
        for n in range(200, 240)
    ]


def only(call, rows):
    (match,) = match_calls((call,), rows)
    return match


def test_a_row_shorter_than_the_sound_is_out_however_well_it_fits():
    rows = [*background(), row("r-1", "2031-03-03T10:31:07", 33)]
    assert only(recording(32.6), rows).record == "r-1"
    assert only(recording(34.9), rows).record == "r-1"
    match = only(recording(35.2), rows)
    assert match.outcome is MatchOutcome.NONE_FITS
    assert (match.record, match.probability) == ("", 0)
    assert any("too short" in reason for reason in match.reasons)


def test_a_longer_row_may_hold_an_excerpt_but_is_not_decided_by_it():
    match = only(recording(20), [*background(), row("r-1", "2031-03-03T10:31:07", 90)])
    assert match.outcome is MatchOutcome.CANNOT_TELL
    assert match.record == "r-1"
    assert any("excerpt" in reason for reason in match.reasons)


def test_number_day_and_length_together_match():
    match = only(recording(32.6), [*background(), row("r-1", "2031-03-03T10:31:07", 33)])
    assert match.outcome is MatchOutcome.MATCHED
    assert match.probability >= 950
    assert match.would_settle == ""
    assert not any("960114" in reason for reason in match.reasons)


def test_two_rows_that_fit_alike_stay_open():
    rows = [*background(), row("r-1", "2031-03-03T10:31:07", 33), row("r-2", "2031-03-03T10:40:00", 33)]
    match = only(recording(32.6), rows)
    assert match.outcome is MatchOutcome.CANNOT_TELL
    assert {match.record, match.runner_up} == {"r-1", "r-2"}


def test_the_minute_tells_two_rows_of_one_day_apart():
    rows = [*background(), row("r-1", "2031-03-03T10:31:07", 33), row("r-2", "2031-03-03T16:40:00", 33)]
    open_match = only(recording(32.6), rows)
    told = only(recording(32.6, words="3 March 2031, 10:30"), rows)
    assert "minute" in open_match.would_settle
    assert told.record == "r-1"
    assert told.probability > open_match.probability


def test_one_row_serves_one_recording():
    rows = [*background(), row("r-1", "2031-03-03T10:31:07", 33)]
    matches = match_calls((recording(32.6), recording(32.8, name="k-2")), rows)
    assert sum(1 for one in matches if one.outcome is MatchOutcome.MATCHED) <= 1


def test_the_same_call_in_two_exports_counts_once():
    rows = [
        *background(),
        row("r-1", "2031-03-03T10:31:07", 33),
        row("r-2", "2031-03-03T10:31:07", 33, exhibit="x-two"),
    ]
    match = only(recording(32.6), rows)
    assert match.outcome is MatchOutcome.MATCHED
    assert any("2 rows say the same" in reason for reason in match.reasons)


def test_another_number_is_never_matched():
    match = only(recording(32.6), [*background(), row("r-1", "2031-03-03T10:31:07", 33, callee="+44 1632 960115")])
    assert match.outcome is MatchOutcome.NONE_FITS


def test_no_date_and_no_number_leaves_all_open_and_says_what_is_missing():
    match = only(recording(32.6, claimed="", callee=""), [*background(), row("r-1", "2031-03-03T10:31:07", 33)])
    assert match.outcome is MatchOutcome.CANNOT_TELL
    assert "called number" in match.would_settle
    assert "the day of the call" in match.would_settle


def test_without_records_it_says_so():
    match = only(recording(32.6), [])
    assert match.outcome is MatchOutcome.CANNOT_TELL
    assert "telephone company" in match.would_settle


def test_a_row_with_no_start_and_no_length_is_carried_along():
    match = only(recording(32.6), [*background(), row("r-1", "", -1)])
    assert match.outcome is MatchOutcome.CANNOT_TELL
    assert match.record == "r-1"
    assert any("at a time not given" in reason for reason in match.reasons)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_order_chances_and_one_row_each(data):
    plan = Plan(
        rows=60,
        recordings=6,
        missing=data.draw(st.sampled_from([0.0, 0.5])),
        unit=data.draw(st.sampled_from([1, 6, 60])),
        callee_masked=data.draw(st.booleans()),
        precision=data.draw(st.sampled_from(["minute", "day", "month"])),
    )
    made = exchange(data.draw(st.integers(0, 10_000)), plan)
    matches = match_calls(made.calls, made.records)
    again = match_calls(data.draw(st.permutations(made.calls)), data.draw(st.permutations(made.records)))
    assert again == matches
    assert [one.call for one in matches] == sorted(call.id for call in made.calls)
    assert all(0 <= one.probability <= 1000 for one in matches)
    decided = [one.record for one in matches if one.outcome is MatchOutcome.MATCHED]
    assert len(decided) == len(set(decided))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3 March 2031, 10:30", (37_800,)),
        ("at 2:05 pm", (50_700,)),
        ("about half past ten in the morning", (37_800,)),
        ("five past two", (7_500, 50_700)),
        ("ten to one, afternoon", (46_200 - 43_200 + 43_200,)),
        ("twelve o'clock", (0, 43_200)),
        ("9 November, afternoon", ()),
        ("32.6 s, 1:2:3", ()),
    ],
)
def test_times_of_day_in_a_claim(words, expected):
    assert clock_times(words) == expected
