"""Which files of text are read, whatever they are written in, and which are refused, and how."""

import gzip
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from data import texts
from data.errors import CatalogueError

JAPANESE = "1,蟲師 (むしし)\n2,進撃の巨人\n"
FRENCH = "1,L’été à Tokyo\n2,Pokémon\n"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def zipped() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", JAPANESE)
    return packed.getvalue()


@pytest.mark.parametrize("text", [JAPANESE, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark(
    tmp_path: Path, text: str, encoding: str
) -> None:
    assert "".join(texts.lines(kept(tmp_path, text.encode(encoding)))) == text


@pytest.mark.parametrize(("text", "encoding"), [(JAPANESE, "cp932"), (FRENCH, "cp1252")])
def test_older_encodings_are_recognised(tmp_path: Path, text: str, encoding: str) -> None:
    path = kept(tmp_path, text.encode(encoding))
    assert "".join(texts.lines(path)) == texts.whole(path) == text


def test_what_is_not_utf8_late_in_a_long_file_is_recognised(tmp_path: Path) -> None:
    long = "plain\n" * 400_000
    assert "".join(texts.lines(kept(tmp_path, (long + FRENCH).encode("cp1252")))) == long + FRENCH


@pytest.mark.parametrize(
    "content",
    ["Стальной алхимик".encode("koi8-r"), "进击的巨人".encode("gbk"), JAPANESE.encode("euc_jp")],
)
def test_other_encodings_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CatalogueError, match="is neither UTF-8 nor Shift-JIS nor Windows-1252"):
        list(texts.lines(kept(tmp_path, content)))


def test_a_gzipped_text_is_read(tmp_path: Path) -> None:
    assert "".join(texts.lines(kept(tmp_path, gzip.compress(JAPANESE.encode())))) == JAPANESE


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("é\nè\nê\n".encode()[:-2], "line 3: UTF-8 everywhere but here; mend it."),
        (b"a,b\n1,\x00\n", "is not a text: it holds zero bytes."),
        (b"x" * 1_000_001, "has a line of more than 1,000,000 characters."),
        (zipped(), "is a zip archive; unpack it and name the file in it."),
        (gzip.compress(b"a" * 5000)[:-12], "is cut off or damaged; get it again."),
        (b"\x1f\x8bnonsense", "is cut off or damaged; get it again."),
        (b"\xff\xfea\x00b", "is not a text; save it in UTF-8."),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = kept(tmp_path, content)
    with pytest.raises(CatalogueError) as caught:
        list(texts.lines(path))
    assert str(caught.value).startswith(str(path))
    assert sentence in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="is a folder; name a file in it"):
        texts.whole(tmp_path)


def test_more_than_fits_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = kept(tmp_path, gzip.compress(b"a\n" * 25_000_000))
    with pytest.raises(CatalogueError, match="has more than 48 MB"):
        texts.whole(path)
