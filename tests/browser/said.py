"""What journeys do on the page again and again."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pydantic import BaseModel, TypeAdapter


class _Violation(BaseModel):
    id: str
    impact: str
    description: str


_VIOLATIONS = TypeAdapter(list[_Violation])


def send(page: Page, text: str) -> None:
    """Send a message, and return when it is answered and the next can be written."""
    answered = page.get_by_test_id("stChatMessage").count() + 2
    write(page, text)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(answered)
    answered_whole(page)


def write(page: Page, text: str) -> None:
    """Send a message and wait for nothing."""
    page.get_by_test_id("stChatInputTextArea").fill(text)
    page.keyboard.press("Enter")


def answered_whole(page: Page) -> None:
    """Wait until nothing is being answered and the next message can be written."""
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script has ended: before, the page may show what an earlier run has left."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def said(page: Page) -> list[str]:
    """The texts of all messages."""
    return page.get_by_test_id("stChatMessage").all_inner_texts()


def serious(page: Page) -> list[str]:
    """What axe finds that is serious or worse."""
    violations = _VIOLATIONS.validate_python(Axe().run(page).response["violations"])
    return [each.description for each in violations if each.impact in {"serious", "critical"}]
