"""One turn: from a message to the events of its answer, with what has to be kept of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from time import perf_counter

from chatbot.drafting import answer_prompt, rewrite_prompt
from chatbot.errors import ModelAway, ModelError
from chatbot.events import AnsweredBy, Found, Picked, Piece, Seconds, Understood
from chatbot.grounding import Grounding
from chatbot.model import Model
from chatbot.parts import Parts
from memory import Pick, Recalled
from retrieval import (
    Candidate,
    Constraint,
    Form,
    RequestState,
    Understanding,
)
from retrieval import Found as Candidates

# A message that is its conversation's title as it is.
_SHORT = 40
# The model chooses its picks among so many.
_CANDIDATES = 8
_AWAY = "The language model is away, so this answer was put together without it."


class Turn:
    """A turn in progress; its attributes say how far it has come."""

    def __init__(self, parts: Parts, text: str, recalled: Recalled) -> None:
        self._parts = parts
        self._text = text
        self._recalled = recalled
        self._seen = recalled.seen
        self.before = RequestState.read(recalled.state)
        self._grounding: Grounding | None = None
        self._offered: Constraint | None = None
        self.understanding: Understanding | None = None
        self.answered_by: AnsweredBy = "composer"
        self.notice = ""
        self.seconds = Seconds()

    @property
    def text(self) -> str:
        """The answer so far."""
        return self._grounding.text if self._grounding else ""

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The picks so far."""
        return tuple(self._grounding.picks) if self._grounding else ()

    @property
    def heading(self) -> str:
        """What a conversation that begins so is about, where the message is too long to say it."""
        if not self.understanding or len(self._text) <= _SHORT or not self.understanding.searches:
            return ""
        return self.understanding.query[:1].upper() + self.understanding.query[1:]

    @property
    def newly_seen(self) -> frozenset[int]:
        """Titles that the message says have been seen, and that nobody knew of."""
        return frozenset(self.state.seen).difference(self.before.seen, self._seen)

    @property
    def newly_rejected(self) -> frozenset[int]:
        """Titles that the message turns down."""
        return frozenset(self.state.rejected).difference(self.before.rejected)

    @property
    def state(self) -> RequestState:
        """The request state after what was understood and shown so far."""
        if not self.understanding:
            return self.before
        shown = tuple(pick.mal_id for pick in self.picks)
        state = replace(self.understanding.state, offered=self._offered)
        return state.showing(shown) if shown else state

    async def run(self) -> AsyncIterator[Understood | Found | Picked | Piece]:
        """Understand, search and answer; the events in the order in which they happen."""
        begun = perf_counter()
        self.understanding = understanding = await self._understand()
        self.seconds = replace(self.seconds, understand=self._took("understand", begun))
        yield Understood(
            understanding.intent,
            understanding.query,
            understanding.state.constraints,
            understanding.searches,
            understanding.understood_by,
        )
        searching = perf_counter()
        found = await self._search(understanding)
        self.seconds = replace(self.seconds, search=self._took("search", searching))
        if understanding.searches:
            yield Found(len(found.candidates))
        answering, shown = perf_counter(), False
        async for event in self._answer(understanding, found):
            if not self.seconds.first_token:
                self.seconds = replace(self.seconds, first_token=perf_counter() - begun)
            if isinstance(event, Picked) and not shown:
                model, shown = "with" if self._parts.model else "without", True
                card = self._parts.metrics.first_card_seconds.labels(model)
                card.observe(perf_counter() - begun)
            yield event
        self._took("answer", answering)
        self.seconds = replace(self.seconds, total=perf_counter() - begun)

    def _took(self, stage: str, since: float) -> float:
        seconds = perf_counter() - since
        self._parts.metrics.stage_seconds.labels(stage).observe(seconds)
        return seconds

    async def _understand(self) -> Understanding:
        parts = self._parts
        reading = await asyncio.to_thread(parts.rules.understand, self._text, self.before)
        if reading.sure or parts.model is None:
            return reading
        prompt = rewrite_prompt(self._text, self.before, parts.catalogue, parts.rewriting.tags)
        try:
            form = await parts.model.fill(Form, prompt)
        except ModelError:
            return reading  # the rules' best reading stands
        return parts.rewriting.understanding(form, reading)

    async def _search(self, understanding: Understanding) -> Candidates:
        if not understanding.searches:
            return self._parts.search.told(understanding)
        count = max(_CANDIDATES, understanding.count) if self._parts.model else understanding.count
        # The seen list is its owner's: it is heeded here and kept in no conversation.
        seen = tuple(self._seen.union(understanding.state.seen))
        asked = replace(understanding, state=replace(understanding.state, seen=seen))
        return await asyncio.to_thread(self._parts.search.find, asked, count)

    async def _answer(
        self, understanding: Understanding, found: Candidates
    ) -> AsyncIterator[Picked | Piece]:
        grounding = self._grounding = self._grounded(understanding, found.candidates)
        if self._parts.model and understanding.searches and found.candidates:
            try:
                async for event in self._drafted(self._parts.model, grounding, found):
                    yield event
            except ModelError as error:
                self._fall_back(error)
                grounding.drop()
            if grounding.told:
                self.answered_by = "model"
            elif not self.notice:
                self._fall_back(ModelAway("malformed"))
        for event in self._composed(understanding, found, grounding):
            yield event

    async def _drafted(
        self, model: Model, grounding: Grounding, found: Candidates
    ) -> AsyncIterator[Picked | Piece]:
        state = self.understanding.state if self.understanding else self.before
        prompt = answer_prompt(
            self._text, state, found, self._recalled.messages, self._parts.history_tokens
        )
        async with aclosing(model.write(prompt)) as pieces:
            async for piece in pieces:
                for event in grounding.feed(piece):
                    yield event
        for event in grounding.close():
            yield event

    def _composed(
        self, understanding: Understanding, found: Candidates, grounding: Grounding
    ) -> Iterator[Picked | Piece]:
        """What the composer writes: all of it, or what a model that broke off has left."""
        told = grounding.told
        if told and not self.notice:
            return
        begun = frozenset(
            number for number, each in enumerate(found.candidates, 1) if each.title.mal_id in told
        )
        if begun:
            yield from grounding.add("\n")
        for piece in self._parts.composer.write(understanding, found, begun):
            yield from grounding.add(piece)
        if found.relaxations and len(found.candidates) < understanding.count:
            self._offered = found.relaxations[0].constraint

    def _grounded(
        self, understanding: Understanding, candidates: tuple[Candidate, ...]
    ) -> Grounding:
        state = understanding.state
        spoken_of = self._parts.rules.names.named(self._text)
        allowed = {*state.near, *state.liked, *state.picks, *spoken_of}
        return Grounding(candidates, allowed, self._parts.rules.names.named)

    def _fall_back(self, error: ModelError) -> None:
        reason = error.reason if isinstance(error, ModelAway) else "refused"
        self._parts.metrics.fallbacks.labels(reason).inc()
        self.notice = _AWAY
