"""What a model that fails is spared, and how it comes back."""

import pytest

from chatbot.breaker import Breaker
from chatbot.errors import ModelAway, ModelError, ModelRefused, Refused
from tests.chatbot.clock import Clock

AWAY = ModelAway("unavailable")


@pytest.fixture
def clock() -> Clock:
    return Clock()


def failed(clock: Clock, *errors: ModelError) -> Breaker:
    breaker = Breaker(clock)
    for error in errors:
        breaker.failed(error)
    return breaker


def test_two_failures_are_no_reason_to_rest(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY)
    breaker.admit()
    assert breaker.status == "ready"


def test_the_third_failure_in_a_row_is(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY, AWAY)
    with pytest.raises(ModelAway) as caught:
        breaker.admit()
    assert (caught.value.reason, breaker.status) == ("resting", "away")


def test_an_answer_between_failures_begins_the_row_anew(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY)
    breaker.answered()
    breaker.failed(AWAY)
    assert breaker.status == "ready"


def test_an_answer_that_is_cut_short_is_an_answer(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY, ModelAway("cut_short"), AWAY)
    assert breaker.status == "ready"


def test_after_the_rest_one_request_is_let_through(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY, AWAY)
    clock.now = 30
    breaker.admit()
    with pytest.raises(ModelAway):
        breaker.admit()


def test_when_that_one_fails_the_rest_goes_on(clock: Clock) -> None:
    breaker = failed(clock, AWAY, AWAY, AWAY)
    clock.now = 30
    breaker.admit()
    breaker.failed(AWAY)
    clock.now = 59
    with pytest.raises(ModelAway):
        breaker.admit()


REFUSED: tuple[Refused, ...] = ("key", "model")


@pytest.mark.parametrize("refused", REFUSED)
def test_a_refused_key_or_model_rests_for_five_minutes(clock: Clock, refused: Refused) -> None:
    breaker = failed(clock, ModelRefused(refused))
    clock.now = 299
    with pytest.raises(ModelRefused) as caught:
        breaker.admit()
    clock.now = 300
    breaker.admit()
    assert (caught.value.refused, breaker.status) == (refused, "refused")


def test_a_single_refused_request_says_nothing_of_the_next(clock: Clock) -> None:
    breaker = failed(clock, ModelRefused("request"))
    breaker.admit()
    assert breaker.status == "ready"
