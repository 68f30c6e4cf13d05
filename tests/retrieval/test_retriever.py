"""What Osusume's retriever promises in somebody else's LangChain chain."""

from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import RunnableLambda

from data import Catalogue
from retrieval import Rules, Search
from retrieval.retriever import Asked, HistoryAwareRetriever

BEBOP, MUSHISHI, MONSTER = 1, 457, 19
HISTORY = [
    SystemMessage("Be kind."),
    HumanMessage("short anime without romance"),
    AIMessage("Try these.", additional_kwargs={"picks": [BEBOP, MUSHISHI]}),
]


@pytest.fixture(scope="module")
def retriever(rules: Rules, search: Search) -> HistoryAwareRetriever:
    return HistoryAwareRetriever(rules, search)


def ids(documents: list[Document]) -> set[int]:
    return {document.metadata["mal_id"] for document in documents}


def test_a_plain_text_is_a_first_message(
    retriever: HistoryAwareRetriever, catalogue: Catalogue
) -> None:
    documents = retriever.invoke("three comedies")
    titles = [catalogue.find(document.metadata["mal_id"]) for document in documents]
    assert [title.document for title in titles if title] == [
        each.page_content for each in documents
    ]
    assert len(documents) == 3
    assert set(documents[0].metadata) == {"mal_id", "title", "fit", "reason", "query"}


def test_a_follow_up_is_read_in_the_light_of_the_history(
    retriever: HistoryAwareRetriever,
) -> None:
    documents = retriever.invoke({"input": "more like the second one", "chat_history": HISTORY})
    query = "like Mushi-Shi, at most 13 episodes, no Romance"
    assert {document.metadata["query"] for document in documents} <= {
        query,
        "like Mushi-Shi, no Romance, at most 13 episodes",
    }
    assert not ids(documents) & {BEBOP, MUSHISHI}


@pytest.mark.parametrize("told", [{}, {"picks": "rubbish"}, {"picks": None}])
def test_answers_that_tell_no_picks_are_passed_over(
    retriever: HistoryAwareRetriever, told: dict[str, Any]
) -> None:
    history: list[BaseMessage] = [HumanMessage("comedy"), AIMessage("x", additional_kwargs=told)]
    assert len(retriever.invoke({"input": "more", "chat_history": history})) == 5


def test_thanks_retrieve_nothing(retriever: HistoryAwareRetriever) -> None:
    assert retriever.invoke({"input": "thanks!", "chat_history": HISTORY}) == []


async def test_it_drops_into_a_plain_chain(retriever: HistoryAwareRetriever) -> None:
    chain = retriever | RunnableLambda(ids)
    asked = Asked(input="something like Monster", chat_history=[])
    found = await chain.ainvoke(asked)
    assert len(found) == 5
    assert MONSTER not in found
    assert chain.invoke(asked) == found
