"""What the composer says without any model."""

from chatbot.answers import Answers
from chatbot.composer import Composer, wishes_in_words
from data import Catalogue, Franchises, Title
from retrieval import Candidate, Constraint, Found, Relaxation, RequestState, Understanding

FILMS = Constraint(column="type", rule="any", values=("Movie",))
STATE = RequestState(tones=("dark",), constraints=(FILMS,))
PAPRIKA = Candidate(
    Title(mal_id=1943, name="Paprika", year=2006, synopsis="Dreams leak. Then more."),
    fit=1.0,
    tags=("Horror",),
    liked_with=("Monster",),
)

COMPOSER = Composer(Answers(Catalogue([PAPRIKA.title]), Franchises({})))


def written(
    found: Found, *, state: RequestState = STATE, begun: frozenset[int] = frozenset()
) -> str:
    understanding = Understanding(intent="request", query="dark", state=state, count=1)
    return "".join(COMPOSER.write(understanding, found, begun))


def test_a_pick_is_named_with_why_it_fits_and_how_it_begins() -> None:
    assert "[1] Paprika (2006): Horror, viewers of Monster like it too. Dreams leak." in written(
        Found((PAPRIKA,), whole=1)
    )


def test_the_wishes_in_force_are_said() -> None:
    assert written(Found((PAPRIKA,), whole=1)).startswith("Here is what fits for dark and Movie:")


def test_when_nothing_fits_the_wish_that_costs_most_is_named() -> None:
    answer = written(Found((), relaxations=(Relaxation(FILMS, 12),)))
    assert answer.startswith("Nothing in the catalogue fits")
    assert "“Movie”: without it there are 12 more titles" in answer


def test_titles_with_some_of_the_genres_are_said_to_be_such() -> None:
    assert "No title has all of these" in written(Found((PAPRIKA,)))


def test_what_the_model_has_told_is_not_told_again() -> None:
    assert "Paprika" not in written(Found((PAPRIKA,), whole=1), begun=frozenset({1}))


def test_thanks_are_answered_without_picks() -> None:
    understanding = Understanding(intent="thanks", query="", state=STATE, searches=False)
    assert "[" not in "".join(COMPOSER.write(understanding, Found(())))


def test_wishes_are_a_list_in_words() -> None:
    assert wishes_in_words(STATE) == "dark and Movie"
