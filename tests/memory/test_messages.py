"""What is kept can be read again: by this version, and what older and newer ones wrote."""

import json
import traceback
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from memory import Message, Pick, new_id
from memory.errors import StoreError
from memory.messages import read, written
from tests.memory.said import answered

PICKS = some.builds(
    Pick,
    n=some.integers(1, 9),
    mal_id=some.integers(1, 99_999),
    reason=some.text(),
    fit=some.floats(allow_nan=False, allow_infinity=False),
)
MESSAGES = some.builds(
    Message,
    role=some.sampled_from(["user", "assistant"]),
    text=some.text(),
    at=some.datetimes(timezones=some.just(UTC)),
    turn=some.text(),
    picks=some.lists(PICKS, max_size=3).map(tuple),
    answered_by=some.sampled_from(["model", "composer", None]),
    ending=some.sampled_from(["finished", "stopped", "failed"]),
    notice=some.text(),
)
OLDEST = '{"role": "user", "text": "calm", "at": "2026-11-22T12:00:00Z", "turn": "first"}'


@given(MESSAGES)
def test_what_was_written_is_read_again(message: Message) -> None:
    assert read(written(message)) == message


def test_a_message_is_written_with_the_version_of_its_form() -> None:
    assert json.loads(written(answered()))["v"] == 2


def test_a_record_without_the_later_fields_can_be_read() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert read(OLDEST) == Message(role="user", text="calm", at=noon, turn="first", v=2)


def test_fields_that_a_newer_version_adds_are_passed_over() -> None:
    newer = json.loads(written(answered())) | {"mood": "calm"}
    assert read(json.dumps(newer)) == answered()


@pytest.mark.parametrize("change", [{"v": 3}, {"role": "secret wish"}, {"at": "secret wish"}])
def test_a_form_that_cannot_be_read_is_refused_without_a_word_of_it(
    change: dict[str, object],
) -> None:
    strange = json.loads(written(answered("secret wish"))) | change
    with pytest.raises(StoreError) as caught:
        read(json.dumps(strange))
    assert "secret wish" not in "".join(traceback.format_exception(caught.value))


def test_ids_are_128_random_bits_that_fit_in_an_address() -> None:
    assert len(new_id()) == 22
    assert new_id() != new_id()
