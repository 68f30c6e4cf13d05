"""Groq's wire as the model uses it: how it is asked, and what of its replies is read."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.utils.function_calling import convert_to_json_schema
from pydantic import BaseModel, SecretStr

from chatbot.border import translated
from chatbot.settings import Settings

_ANSWER_TOKENS = 1200  # reasoning included; the free plan counts them before they are written
_FORM_TOKENS = 800
_CONNECT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """A part of what the model wrote, or all of it; why it ended and what it took, if said."""

    text: str
    finish: str | None
    usage: UsageMetadata | None


class Client:
    """The connection to Groq: a large model that writes, a small one that fills in forms.

    Every method raises ModelError. One client serves one event loop.
    """

    def __init__(self, settings: Settings, key: str) -> None:
        import groq  # noqa: PLC0415  # with the next, two seconds
        from langchain_groq import ChatGroq  # noqa: PLC0415

        self._key = key
        # The model's deadlines are shorter; without any of its own the client waits for ever.
        longest = settings.answer_seconds.total_seconds()
        self._groq = groq.AsyncGroq(
            api_key=key,
            base_url=settings.groq_api_base,
            timeout=httpx.Timeout(longest, connect=_CONNECT_SECONDS),
            max_retries=0,
        )
        # Given as both, so that no second client is made for calls that do not exist here.
        completions = _Completions(self._groq)
        same: dict[str, Any] = {"client": completions, "async_client": completions}
        same["api_key"] = SecretStr(key)
        large, small = settings.groq_model, settings.groq_small_model
        self._large = ChatGroq(
            model=large, temperature=0.4, max_tokens=_ANSWER_TOKENS, **same, **_reasoning(large)
        )
        self._small = ChatGroq(
            model=small, temperature=0, max_tokens=_FORM_TOKENS, **same, **_reasoning(small)
        )

    async def stream(self, messages: Sequence[BaseMessage]) -> AsyncGenerator[Reply]:
        """Yield the large model's reply in parts."""
        with translated(self._key):
            async for part in self._large.astream(list(messages)):
                yield _read(part)

    async def fill(self, form: type[BaseModel], messages: Sequence[BaseMessage]) -> Reply:
        """Return the small model's reply, JSON in the shape of the form."""
        # Not by `with_structured_output`, which leaves "strict" out without a word for models
        # that it does not know.
        schema = convert_to_json_schema(form, strict=True)
        shape = {"name": form.__name__, "strict": True, "schema": schema}
        with translated(self._key):
            return _read(
                await self._small.ainvoke(
                    list(messages), response_format={"type": "json_schema", "json_schema": shape}
                )
            )

    async def close(self) -> None:
        """Close the connections."""
        await self._groq.close()


class _Completions:
    """Groq's completions, whose streams are closed when their reading ends, however it ends.

    Theirs are closed at their end only: an error in the middle keeps the connection.
    """

    def __init__(self, groq: Any) -> None:
        self._theirs = groq.chat.completions

    async def create(self, **request: Any) -> Any:
        answer = await self._theirs.create(**request)
        return _closing(answer) if request.get("stream") else answer


async def _closing(stream: Any) -> AsyncGenerator[Any]:
    async with stream:
        async for each in stream:
            yield each


def _read(message: AIMessage) -> Reply:
    return Reply(
        text=str(message.text),
        finish=message.response_metadata.get("finish_reason"),
        usage=message.usage_metadata,
    )


def _reasoning(model: str) -> dict[str, Any]:
    """Each family hides its reasoning in its own way, and refuses the other's with a 400."""
    if model.startswith("openai/gpt-oss"):
        return {"reasoning_effort": "low", "model_kwargs": {"include_reasoning": False}}
    if model.startswith("qwen/"):
        return {"reasoning_format": "hidden"}
    return {}
