"""What a build promises to whoever changes a catalogue, interrupts one, or starts two."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from data import Catalogue, Title
from retrieval import Embedder, Place, build
from retrieval import index as indexes
from tests.retrieval.lengths import Lengths

# Says a line for each batch, so that the test knows when to kill it.
_BUILDER = """
import sys
from pathlib import Path
from data import Catalogue
from retrieval import Embedder, Place, build
from tests.retrieval.test_building import titles
from tests.retrieval.lengths import Lengths

def told(_):
    print("batch", flush=True)
    sys.stdin.readline()

build(Catalogue(titles(600)), Embedder("lengths", Lengths()), Place(Path(sys.argv[1])), told)
"""


@pytest.fixture
def lengths() -> Embedder:
    return Embedder("lengths", Lengths())


def asked(embedder: Embedder) -> Sequence[str]:
    assert isinstance(embedder.model, Lengths)
    return embedder.model.asked


def test_one_changed_title_is_the_only_one_that_is_embedded_again(
    few: Catalogue, lengths: Embedder, nowhere: Place
) -> None:
    build(few, lengths, nowhere, list[int]().append)
    changed = [replace(few[0], synopsis="Another story."), *few[1:]]
    build(Catalogue(changed), lengths, nowhere, list[int]().append)
    assert list(asked(lengths)[len(few) :]) == [changed[0].document]


def test_a_killed_build_goes_on_where_it_stopped(nowhere: Place, lengths: Embedder) -> None:
    nowhere.folder.mkdir()
    kept = killed_after(2, nowhere.folder)
    catalogue = Catalogue(titles(600))
    build(catalogue, lengths, nowhere, list[int]().append)
    assert len(indexes.opened(catalogue, lengths, nowhere)) == 600
    assert len(asked(lengths)) == 600 - kept


def test_nothing_of_a_killed_build_stays(nowhere: Place, lengths: Embedder) -> None:
    nowhere.folder.mkdir()
    killed_after(1, nowhere.folder)
    assert len(list(nowhere.folder.glob("*.building-*"))) == 1
    build(Catalogue(titles(600)), lengths, nowhere, list[int]().append)
    assert list(nowhere.folder.glob("*.building-*")) == []


def test_of_two_builders_at_once_the_second_waits_and_finds_it_done(
    nowhere: Place, lengths: Embedder
) -> None:
    nowhere.folder.mkdir()
    with builder(nowhere.folder) as first:
        assert first.stdout
        assert first.stdin
        first.stdout.readline()
        first.stdin.write("\n" * 5)
        first.stdin.flush()
        build(Catalogue(titles(600)), lengths, nowhere, list[int]().append)
        assert (first.wait(20), asked(lengths)) == (0, [])


def test_the_three_indexes_used_last_are_kept(
    few: Catalogue, lengths: Embedder, nowhere: Place
) -> None:
    catalogues = [Catalogue(few[:size]) for size in (20, 19, 18, 17)]
    for catalogue in catalogues:
        build(catalogue, lengths, nowhere, list[int]().append)
    kept = [indexes.is_built(each, lengths, nowhere) for each in catalogues]
    assert kept == [False, True, True, True]


def test_an_index_in_use_is_kept_however_old(
    few: Catalogue, lengths: Embedder, nowhere: Place
) -> None:
    build(few, lengths, nowhere, list[int]().append)
    used = indexes.opened(few, lengths, nowhere)
    for size in (19, 18, 17, 16):
        build(Catalogue(few[:size]), lengths, nowhere, list[int]().append)
    assert indexes.is_built(few, lengths, nowhere)
    assert len(used.vectors([title.mal_id for title in few])) == len(few)


def test_a_whole_index_has_no_gaps(few: Catalogue, lengths: Embedder, nowhere: Place) -> None:
    build(few, lengths, nowhere, list[int]().append)
    assert not indexes.opened(few, lengths, nowhere).gaps(few)


def test_each_gap_is_told(few: Catalogue, lengths: Embedder, nowhere: Place) -> None:
    old = Catalogue([replace(few[0], synopsis="Another story."), *few[1:10], few[11]])
    build(old, lengths, nowhere, list[int]().append)
    gaps = indexes.opened(old, lengths, nowhere).gaps(Catalogue(few[:11]))
    assert gaps == indexes.Gaps((few[10],), (few[0],), (few[11].mal_id,))


def titles(count: int) -> list[Title]:
    return [Title(mal_id=number, name=f"Title {'x' * number}") for number in range(1, count + 1)]


def builder(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  # our own code
        [sys.executable, "-c", _BUILDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_after(batches: int, folder: Path) -> int:
    """How many titles it had embedded when it was killed."""
    with builder(folder) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(batches):
            process.stdout.readline()
            process.stdin.write("\n" * (batches > 1))
            process.stdin.flush()
        process.send_signal(signal.SIGKILL)
    return 128 * batches
