"""The model's part of understanding: a form it fills in, and what of it is believed."""

from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict

from data import Catalogue
from retrieval.constraints import Column, Constraint, Rule
from retrieval.names import Names
from retrieval.state import RequestState
from retrieval.understanding import TOLD, Intent, Understanding
from retrieval.words import split

Type = Literal["TV", "Movie", "OVA", "ONA", "Special"]
Point = Literal[
    "", "year", "episodes", "type", "tag", "studio", "score", "age", "source", "synopsis"
]
# These begin anew; every other intent goes on from what was asked for.
_ANEW = {"request", "switch", "identify"}


class Form(BaseModel):
    """What a message asks for, as prompts/rewrite.md explains it; 0 and empty mean unsaid."""

    model_config = ConfigDict(extra="forbid")

    intent: Intent
    query: str
    titles: list[str]
    shown: list[int]
    point: Point
    wanted: list[str]
    unwanted: list[str]
    types: list[Type]
    year_from: int
    year_to: int
    episodes_from: int
    episodes_to: int


class Rewriting:
    """Turns filled forms into understandings, believing only what the catalogue knows."""

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._names = names
        self._tags = {tag.casefold(): tag for title in catalogue for tag in title.tags}

    @property
    def tags(self) -> list[str]:
        """The genres and themes that a form may name."""
        return sorted(self._tags.values())

    def understanding(self, form: Form, rules: Understanding) -> Understanding:
        """The form over what the rules were sure of: their constraints and the message's count."""
        before = rules.before or rules.state
        titles = self._titles(form, before)
        if form.intent in TOLD:
            return _told(form, titles, before)
        state = rules.state if form.intent in _ANEW else rules.refining or rules.state
        read = [each for each in state.constraints if each.turn == state.turn]
        for wish in self._wishes(form, state):
            if not any(wish.opposes(each) for each in read):
                state = state.with_constraint(wish)
        query = " ".join(form.query.split()) or state.topic
        state = replace(_placed(form.intent, titles, state), topic=query, intent=form.intent)
        return replace(
            rules, intent=form.intent, query=query, state=state, about=titles, understood_by="model"
        )

    def _titles(self, form: Form, state: RequestState) -> tuple[int, ...]:
        """The titles that the form names and points at, of those that exist."""
        places = (number - 1 for number in form.shown)
        pointed = (state.picks[place] for place in places if 0 <= place < len(state.picks))
        return tuple(dict.fromkeys((*pointed, *self._found(form.titles))))

    def _found(self, titles: list[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(filter(None, map(self._title, titles))))

    def _title(self, name: str) -> int | None:
        words = split(name)
        mentions = self._names.find(words, [True] * len(words))
        # "Monster Hunters" is not believed to be Monster.
        whole = (each for each in mentions if each.end - each.start == len(words))
        return next((each.mal_id for each in whole), None)

    def _wishes(self, form: Form, state: RequestState) -> list[Constraint]:
        wanted, unwanted = self._known(form.wanted), self._known(form.unwanted)
        wishes = [_wish("tag", "any", state, values=(tag,)) for tag in wanted]
        wishes += [_wish("tag", "none", state, values=(tag,)) for tag in unwanted]
        if form.types:
            wishes.append(_wish("type", "any", state, values=tuple(form.types)))
        limits: list[tuple[Column, Rule, int]] = [
            ("year", "least", form.year_from),
            ("year", "most", form.year_to),
            ("episodes", "least", form.episodes_from),
            ("episodes", "most", form.episodes_to),
        ]
        said = [limit for limit in limits if limit[2] > 0]
        return wishes + [_wish(column, rule, state, number=number) for column, rule, number in said]

    def _known(self, tags: list[str]) -> list[str]:
        folded = (tag.strip().casefold() for tag in tags)
        return list(dict.fromkeys(self._tags[tag] for tag in folded if tag in self._tags))


def _told(form: Form, titles: tuple[int, ...], before: RequestState) -> Understanding:
    about = titles or before.focus or before.picks
    liked = titles if form.intent == "accept" else ()
    state = replace(
        before,
        intent=form.intent,
        focus=titles or before.focus,
        liked=tuple(dict.fromkeys((*before.liked, *liked))),
        offered=None,
        asked="",
    )
    return Understanding(
        intent=form.intent,
        query="",
        state=state,
        about=about,
        points=(form.point,) if form.point else (),
        searches=False,
        understood_by="model",
    )


def _placed(intent: Intent, titles: tuple[int, ...], state: RequestState) -> RequestState:
    """The state with the titles put to what the intent names them for."""
    if intent == "seen":
        return replace(state, seen=(*state.seen, *titles))
    if intent == "reject":
        return replace(state, rejected=(*state.rejected, *(titles or state.picks)))
    if intent == "unlike":
        unlike = (*state.unlike, *titles)
        return replace(state, unlike=unlike, rejected=(*state.rejected, *titles))
    return replace(state, near=titles or state.near)


def _wish(
    column: Column,
    rule: Rule,
    state: RequestState,
    *,
    values: tuple[str, ...] = (),
    number: int = 0,
) -> Constraint:
    return Constraint(column=column, rule=rule, values=values, number=number, turn=state.turn)
