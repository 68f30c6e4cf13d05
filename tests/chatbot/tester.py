"""The page in Streamlit's own tester, and what is kept behind it."""

from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from chatbot.running import Running
from memory import Message, Opened, Pick
from retrieval import Constraint, RequestState

DEADLINE_SECONDS = 20
NOW = datetime.now(UTC)
WISH = Constraint(column="episodes", rule="most", number=13)


def _script(owner: str) -> None:
    """Show the page to an owner; Streamlit runs this function's text."""
    from chatbot.page import show  # noqa: PLC0415
    from chatbot.running import current  # noqa: PLC0415

    show(current(), owner)  # type: ignore[arg-type]  # the fixture has started it


def page(owner: str, **address: str) -> AppTest:
    """The page at an address, as the owner sees it."""
    tester = AppTest.from_function(_script, args=(owner,), default_timeout=DEADLINE_SECONDS)
    for name, value in address.items():
        tester.query_params[name] = value
    return tester.run()


def button(tester: AppTest, label: str) -> Button:
    """The first button that says so."""
    return next(each for each in tester.button if each.label == label)


def labels(tester: AppTest) -> list[str]:
    """What the buttons say."""
    return [each.label for each in tester.button]


def words(tester: AppTest) -> str:
    """Everything that is said on the page."""
    written = [*tester.title, *tester.markdown, *tester.caption]
    said = [*written, *tester.text, *tester.code, *tester.html]
    told = [*tester.info, *tester.error, *tester.success, *tester.toast]
    return "\n".join([*(each.value for each in [*said, *told]), *labels(tester)])


def kept(running: Running, owner: str, title: str = "Pirates", *, minutes_ago: int = 0) -> str:
    """A chat of the owner's; its id."""
    at = NOW - timedelta(minutes=minutes_ago)
    said = [
        Message(role="user", text=f"I want {title}", at=at, turn="1"),
        Message(
            role="assistant",
            text="Try this.\n[1] Mushi-Shi: it is quiet.",
            at=at,
            turn="1",
            picks=(Pick(1, 457, "it is quiet"),),
        ),
    ]
    state = RequestState(constraints=(WISH,), seen=(4711,), shown=(457,)).written()
    chats = running.app.store.conversations
    return running.loop.run(chats.restore(title, said, state, owner=owner, now=at))


def opened(running: Running, owner: str, chat: str) -> Opened:
    """The chat as it is kept."""
    return running.loop.run(running.app.store.conversations.open(chat, owner=owner))
