"""The seen list: what its owner has watched, which is not recommended again."""

from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from chatbot import visitor
from chatbot.errors import explain
from chatbot.panels.deed import done
from chatbot.running import Running
from chatbot.texts import escaped
from chatbot.views import cards
from data import CatalogueError, Title
from memory.errors import StoreError

if TYPE_CHECKING:
    from chatbot.watching import Taken

_PAGE = 50
_SHOWN = "seen shown"
_MEGABYTES = 5
_LONGEST_LIST = 100_000
_TOLD = 200


def show(running: Running, owner: str) -> None:
    """Show what adds to the list, and the list."""
    st.title("Seen list")
    st.text("What is on it is not recommended to you again, in any chat.")
    _import(running, owner)
    mal_ids = running.loop.run(running.app.store.seen_lists.of(owner))
    known = filter(None, map(running.app.parts.catalogue.find, mal_ids))
    titles = sorted(known, key=lambda title: title.shown.casefold())
    if not titles:
        st.info("Nothing is on your list yet. You can also say “seen it” in a chat.")
        return
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.subheader("1 title" if len(titles) == 1 else f"{len(titles):,} titles")
        with st.popover("Clear", icon=":material/delete_sweep:", type="tertiary"):
            st.text("All of them may be recommended again then.")
            st.button("Clear the list", on_click=_clear, args=(running, owner), type="primary")
    _list(running, owner, titles)


def _import(running: Running, owner: str) -> None:
    """Show the three ways to add to the list, and what came of it."""
    # Imported here, for it brings a client for the web along: half a second.
    from chatbot.watching import Watching  # noqa: PLC0415

    watching = Watching(running.app, owner, visitor.address())
    file, user, plain = st.tabs(["MyAnimeList", "AniList", "Titles"])
    with file, st.form("seen file", clear_on_submit=True, border=False):
        st.caption("MyAnimeList saves your list as a file under Profile, Export.")
        types = ["xml", "gz"]
        export = st.file_uploader("The export (.xml or .xml.gz)", types, max_upload_size=_MEGABYTES)
        if _added() and export:
            _take(running, watching.of_export(export.getvalue()))
    with user, st.form("seen user", border=False):
        name = st.text_input("User name", max_chars=30, help="The list must be public.")
        if _added() and name:
            _take(running, watching.of_user(name))
    with plain, st.form("seen text", border=False):
        text = st.text_area("A title on each line", max_chars=_LONGEST_LIST)
        if _added() and text:
            _take(running, watching.of_text(text))


def _added() -> bool:
    return st.form_submit_button("Add to the list", icon=":material/add:")


def _take(running: Running, taking: Coroutine[object, object, "Taken"]) -> None:
    try:
        with st.spinner("Reading the list …"):
            taken = running.loop.run(taking)
    except (CatalogueError, StoreError) as error:
        st.error(explain(error))
        return
    was = "was" if taken.titles == 1 else "were"
    st.success(
        f"{taken.titles:,} of {taken.entries:,} entries {was} matched, {taken.new:,} of them new."
    )
    if taken.missing:
        with st.expander(f"Not among the titles here: {len(taken.missing):,}"):
            more = len(taken.missing) - _TOLD
            st.text(
                "\n".join([*taken.missing[:_TOLD], *([f"… and {more:,} more"] if more > 0 else [])])
            )


def _list(running: Running, owner: str, titles: Sequence[Title]) -> None:
    words = (st.text_input("Find in the list", icon=":material/search:") or "").casefold()
    found = [each for each in titles if any(words in name.casefold() for name in each.names)]
    most = st.session_state.get(_SHOWN, _PAGE)
    look = visitor.look(running, owner)
    for each in found[:most]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(cards.name(each, look), width="stretch")
            st.button(
                "",
                icon=":material/close:",
                key=f"unsee {each.mal_id}",
                help=f"Take {escaped(each.shown)} off the list",
                type="tertiary",
                on_click=_remove,
                args=(running, owner, each),
            )
    if len(found) > most:
        st.button("More", icon=":material/expand_more:", on_click=_more)


def _more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, _PAGE) + _PAGE


def _remove(running: Running, owner: str, title: Title) -> None:
    done(running, running.app.store.seen_lists.remove(owner, title.mal_id))


def _clear(running: Running, owner: str) -> None:
    done(running, running.app.store.seen_lists.clear(owner), "The list is empty.")
