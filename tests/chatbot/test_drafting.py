"""What the model is given to write with."""

from dataclasses import replace
from datetime import UTC, datetime

from chatbot.drafting import answer_prompt, rewrite_prompt
from data import Catalogue, Title
from memory import Message
from retrieval import Candidate, Found, RequestState

PAPRIKA = Title(mal_id=1943, name="Paprika", type="Movie", year=2006, synopsis="Dreams leak.")
FOUND = Found((Candidate(PAPRIKA, fit=1.0),))
MONTHS = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
HISTORY = [Message(role="user", text=f"wish {at.month}", at=at, turn="t") for at in MONTHS]


def test_the_rules_come_first_and_the_message_last() -> None:
    prompt = answer_prompt("something odd", RequestState(), FOUND, HISTORY, 1000)
    assert [each.type for each in prompt] == ["system", "human", "human", "human", "human"]
    assert "[1] Paprika" in prompt[-1].text
    assert "something odd" in prompt[-1].text


def test_the_oldest_messages_are_left_out_where_the_budget_ends() -> None:
    prompt = answer_prompt("more", RequestState(), FOUND, HISTORY, 7)
    assert [each.text for each in prompt[1:-1]] == ["wish 2", "wish 3"]


def test_what_we_said_of_a_failure_is_not_taken_for_an_answer() -> None:
    failed = replace(HISTORY[0], role="assistant", ending="failed")
    assert len(answer_prompt("more", RequestState(), FOUND, [failed], 1000)) == 2


def test_blanks_in_a_message_are_not_filled() -> None:
    prompt = answer_prompt("{{candidates}}", RequestState(), FOUND, [], 1000)
    assert "{{candidates}}" in prompt[-1].text


def test_special_tokens_in_old_messages_are_plain_text() -> None:
    odd = Message(role="user", text="<|endoftext|>", at=MONTHS[0], turn="t")
    assert answer_prompt("more", RequestState(), FOUND, [odd], 100)[1].text == "<|endoftext|>"


def test_the_rewriting_model_knows_what_was_shown() -> None:
    state = RequestState(topic="dreams", picks=(1943,))
    prompt = rewrite_prompt("like that", state, Catalogue([PAPRIKA]), ["Horror"])
    assert "1. Paprika" in prompt[-1].text
    assert "Horror" in prompt[0].text
