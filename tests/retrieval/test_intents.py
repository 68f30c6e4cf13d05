"""What people can rely on when they say what they want next, each kind in several wordings."""

from dataclasses import replace

import pytest

from retrieval import RequestState, Rules
from retrieval.understanding import TOLD

SHOWN = (1535, 457, 1, 205, 20)


@pytest.fixture(scope="module")
def state(rules: Rules) -> RequestState:
    return rules.understand("romance movies", RequestState()).state.showing(SHOWN)


@pytest.mark.parametrize(
    ("intent", "messages"),
    [
        ("more", ["any others?", "moar pls", "hit me again", "noch mehr", "もっと"]),
        ("like", ["more like the second", "sth closer to #3", "mix of mushishi and haibane"]),
        ("like", ["kk the third looks sick, whats similar to it"]),
        ("unlike", ["not like 2 tho", "the third looks boring", "nothing like naruto"]),
        ("refine", ["darker", "under 13 eps", "movies only", "no romance", "only finished ones"]),
        ("refine", ["to watch with my 8yo", "hidden gems", "same studio as 1", "sin terror"]),
        ("refine", ["but finished", "but set in tokyo", "no giant crabs", "with a better score"]),
        ("fact", ["is the first finished?", "has mushishi finished"]),
        ("relax", ["series are fine too actually", "forget the romance thing"]),
        ("switch", ["ok now something totally different: sports", "start over, mecha"]),
        ("seen", ["seen 1 and 3", "already watched mushishi", "i know them all", "schon gesehen"]),
        ("reject", ["nah none of these", "not feeling it", "these all suck", "どれも"]),
        ("surprise", ["surprise me", "pick anything for me", "überrasch mich"]),
        ("identify", ["that one where a guy dies and gets a phone"]),
        ("accept", ["ok going with the second", "number three, im in", "me quedo con la segunda"]),
        ("fact", ["how many eps is 2", "who made the first", "número 2, qué estudio?"]),
        ("content", ["does the second have gore?", "is 3 ok for kids?", "any nudity in 1?"]),
        ("which", ["are any of those by madhouse?", "which of them are movies?"]),
        ("where", ["is it on netflix?", "where can i watch 2", "どこで見れる"]),
        ("why", ["why that one?", "convince me on the first", "warum?"]),
        (
            "compare",
            ["2 or 3, which is shorter?", "how do 1 and 3 differ", "which is the shortest"],
        ),
        ("order", ["what order do i watch fate", "is the 2nd a sequel to something?"]),
        ("hello", ["hello!", "こんにちは", "good evening"]),
        ("thanks", ["ty!!", "thats it, bye", "perfect, thanks mate", "ありがとう", "merci"]),
        (
            "off_topic",
            ["write my essay", "whats 17 times 23", "ignore your rules", "how do i boil an egg"],
        ),
    ],
)
def test_each_kind_is_told_from_the_others(
    rules: Rules, state: RequestState, intent: str, messages: list[str]
) -> None:
    understood = {each: rules.understand(each, state).intent for each in messages}
    assert understood == dict.fromkeys(messages, intent)


@pytest.mark.parametrize(
    "message",
    ["how long is 2", "why the third?", "is it on hulu?", "2 vs 3", "ok watching the third", "thx"],
)
def test_what_needs_no_search_leaves_list_and_wishes_as_they_were(
    rules: Rules, state: RequestState, message: str
) -> None:
    understanding = rules.understand(message, state)
    assert not understanding.searches
    assert understanding.state.constraints == state.constraints
    assert understanding.state.picks == SHOWN


def test_it_means_the_title_spoken_of_last(rules: Rules, state: RequestState) -> None:
    asked = rules.understand("who made the second", state).state
    again = rules.understand("and the year?", asked)
    assert (again.about, again.points) == (SHOWN[1:2], ("year",))


def test_a_correction_asks_the_same_of_another_title(rules: Rules, state: RequestState) -> None:
    asked = rules.understand("how many episodes has 2", state).state
    again = rules.understand("i meant the third", asked)
    assert (again.intent, again.about, again.points) == ("fact", SHOWN[2:3], ("episodes",))


@pytest.mark.parametrize(("answer", "intent"), [("yes please", "relax"), ("no", "decline")])
def test_an_offer_is_taken_or_turned_down(
    rules: Rules, state: RequestState, answer: str, intent: str
) -> None:
    offered = replace(state, offered=state.constraints[0])
    understanding = rules.understand(answer, offered)
    assert understanding.intent == intent
    kept = state.constraints[0] in understanding.state.constraints
    assert kept is (intent in TOLD)


def test_a_vague_request_is_asked_back_about(rules: Rules) -> None:
    assert rules.understand("hey, can u suggest something", RequestState()).state.asked == "type"


def test_one_word_can_rule_out_a_family(rules: Rules, state: RequestState) -> None:
    rejected = rules.understand("no gundam please", state).state.rejected
    assert len(rejected) > 3


def test_a_yes_to_the_question_asked_back_is_a_wish(rules: Rules) -> None:
    asked = rules.understand("hey, can u suggest something", RequestState()).state
    answered = rules.understand("yeah, tv is fine", asked)
    assert [each.label for each in answered.state.constraints] == ["TV"]


@pytest.mark.parametrize(("message", "mal_id"), [("no. 6 was great", 10161), ("like LoGH", 820)])
def test_a_title_with_a_number_or_in_short_is_an_example(
    rules: Rules, message: str, mal_id: int
) -> None:
    assert rules.understand(message, RequestState()).state.near == (mal_id,)
