"""What is offered as the next message."""

import pytest

from chatbot.parts import Parts
from chatbot.suggestions import suggestions
from retrieval import RequestState


@pytest.mark.parametrize("said", [["dark thrillers"], ["short comedies", "only movies"], ["more"]])
def test_each_suggestion_is_surely_a_wish_more(parts: Parts, said: list[str]) -> None:
    rules, state = parts.rules, RequestState()
    for text in said:
        shown = tuple(each.mal_id for each in [*parts.catalogue][:5])
        state = rules.understand(text, state).state.showing(shown)
    offered = suggestions(rules, state)
    assert len(offered) == 3
    for each in offered:
        understood = rules.understand(each, state)
        assert understood.sure
        assert set(state.constraints) < set(understood.state.constraints)


def test_what_is_in_force_is_not_suggested(parts: Parts) -> None:
    understood = parts.rules.understand("only movies, finished", RequestState())
    offered = suggestions(parts.rules, understood.state.showing((1,)))
    assert not {"only movies", "only series", "finished ones only"} & {*offered}


def test_nothing_is_suggested_before_anything_was_shown(parts: Parts) -> None:
    assert suggestions(parts.rules, RequestState()) == ()
