"""What weights are fitted to, how they are judged, and where the app finds them."""

from pathlib import Path
from shutil import copy

import pytest

from data import Catalogue, CatalogueError, Liked
from data.catalogue import SHIPPED
from retrieval import Index, Learned
from retrieval.learned import Fitted
from retrieval.learning import Learning, Votes
from retrieval.likeness import FEATURES

WEIGHTS = dict.fromkeys(FEATURES, 0.5)


def known(votes: Votes) -> Liked:
    return Liked.of((*pair, 0, 0.0, each) for pair, each in votes.items())


@pytest.fixture(scope="module")
def alike(catalogue: Catalogue) -> Votes:
    """Viewers who go by the tags alone: pairs that share nearly all of a few rare ones."""
    titles = [title for title in catalogue if len(title.tags) > 3][:120]
    return {
        (min(one.mal_id, other.mal_id), max(one.mal_id, other.mal_id)): 10
        for place, one in enumerate(titles)
        for other in titles[place + 1 :]
        if len({*one.tags} & {*other.tags}) > 4
    }


def test_weights_go_where_the_viewers_recommendations_are(
    catalogue: Catalogue, index: Index, alike: Votes
) -> None:
    fitted = Learning(catalogue, index, known).fit(alike)
    assert fitted.examples["tags"] > 2 * abs(fitted.examples["popularity"])
    assert fitted.ndcg > 0.4
    assert fitted.hits > fitted.ndcg
    assert fitted.titles > 20


def test_the_same_files_give_the_same_weights(
    catalogue: Catalogue, index: Index, alike: Votes
) -> None:
    fitted = [Learning(catalogue, index, known).fit(alike) for _ in range(2)]
    assert fitted[0] == fitted[1]


def test_a_title_the_catalogue_lacks_is_passed_over(catalogue: Catalogue, index: Index) -> None:
    votes = {(1, 457): 5, (1, 1535): 5, (1, 99_999_999): 5, (5114, 1535): 5, (19, 457): 5}
    assert Learning(catalogue, index, known).fit(votes).titles <= 8


def test_what_lies_beside_a_catalogue_is_taken_before_what_ships(tmp_path: Path) -> None:
    mine = tmp_path / "catalogue.csv"
    assert Learned.beside(mine).examples == Learned.beside(SHIPPED).examples
    (tmp_path / "liked.csv").write_text("a,b,users,similarity,votes\n1,5,3,0.5,\n")
    Fitted(WEIGHTS, 0.3, 0.4, 100).write(tmp_path / "weights.json")
    learned = Learned.beside(mine)
    assert learned.examples == WEIGHTS
    assert [pair.mal_id for pair in learned.liked.near(1)] == [5]
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize(
    "text", ["", "{}", '{"examples": {"dense": 1}, "ndcg": 0, "hits": 0, "titles": 0}', "\x00"]
)
def test_a_file_that_holds_no_weights_is_told(tmp_path: Path, text: str) -> None:
    copy(SHIPPED, tmp_path)
    (tmp_path / "weights.json").write_text(text)
    with pytest.raises(CatalogueError, match=r"weights\.json holds no weights of this version"):
        Learned.beside(tmp_path / SHIPPED.name)
