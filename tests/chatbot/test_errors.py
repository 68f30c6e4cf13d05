"""What crosses no border, and what people are told when something goes wrong."""

import asyncio
import json
from inspect import getmembers, isclass

import groq
import httpx
import pytest
from langchain_core import exceptions as langchain

from chatbot import errors
from chatbot.border import translated
from chatbot.errors import BadFile, BadMessage, BadSettings, ModelError, explain
from data.errors import CatalogueError
from memory import errors as memory
from retrieval import errors as retrieval

FOREIGN = [
    kind
    for library in (groq, httpx, langchain)
    for _, kind in getmembers(library, isclass)
    if issubclass(kind, Exception)
]
STRAYS = (json.JSONDecodeError, UnicodeDecodeError, KeyError, ConnectionResetError, TimeoutError)
OURS = [
    kind
    for module in (errors, memory, retrieval)
    for _, kind in getmembers(module, isclass)
    if issubclass(kind, Exception) and kind.__module__ == module.__name__
]

# Their text is a sentence for people already.
SENTENCES = [
    BadFile,
    BadMessage,
    BadSettings,
    CatalogueError,
    memory.LimitReached,
    memory.ShareRefused,
    memory.TooManyConversations,
]


@pytest.mark.parametrize("kind", [*FOREIGN, *STRAYS])
def test_no_error_of_groq_or_of_what_carries_it_crosses_the_border(kind: type[Exception]) -> None:
    with pytest.raises(ModelError) as caught, translated("gsk_hush"):
        raise kind.__new__(kind)
    assert isinstance(caught.value.__cause__, kind)


def test_being_cancelled_is_no_error_of_the_model() -> None:
    with pytest.raises(asyncio.CancelledError), translated("gsk_hush"):
        raise asyncio.CancelledError


def test_a_key_in_an_error_is_hidden() -> None:
    with pytest.raises(ModelError) as caught, translated("gsk_hush"):
        raise httpx.LocalProtocolError("Illegal header value b'Bearer gsk_hush'")
    assert "gsk_hush" not in str(caught.value)


def test_a_reply_is_not_quoted_in_an_error() -> None:
    with pytest.raises(ModelError) as caught, translated("gsk_hush"):
        raise langchain.OutputParserException("I feel lonely")
    assert "lonely" not in str(caught.value)


@pytest.mark.parametrize("kind", OURS)
def test_people_get_a_sentence_without_the_error_s_own_name(kind: type[Exception]) -> None:
    sentence = explain(kind.__new__(kind, "org_01hush"))
    assert kind.__name__ not in sentence


@pytest.mark.parametrize("kind", [kind for kind in OURS if kind not in SENTENCES])
def test_people_are_not_shown_what_the_log_says(kind: type[Exception]) -> None:
    assert "org_01hush" not in explain(kind.__new__(kind, "org_01hush"))


@pytest.mark.parametrize("kind", SENTENCES)
def test_an_error_that_is_a_sentence_is_told_as_it_is(kind: type[Exception]) -> None:
    error = kind.__new__(kind, "PORT must be a number")
    assert "PORT must be a number" in explain(error)


@pytest.mark.parametrize("kind", [*OURS, CatalogueError])
def test_every_error_has_a_sentence_of_its_own(kind: type[Exception]) -> None:
    assert explain(kind("it")) != explain(Exception("it"))


def test_an_error_without_a_sentence_gets_its_parent_s() -> None:
    class Torn(retrieval.IndexAway):
        pass

    assert explain(Torn()) == explain(retrieval.IndexAway())


def test_what_nobody_foresaw_has_a_sentence_too() -> None:
    assert explain(ZeroDivisionError("org_01hush")).startswith("Something went wrong")
