"""Everything that an answer is made with."""

from dataclasses import dataclass

from chatbot.composer import Composer
from chatbot.metrics import Metrics
from chatbot.model import Model
from data import Catalogue
from retrieval import Rewriting, Rules, Search


@dataclass(frozen=True, slots=True)
class Parts:
    """What a turn is given; without a model the composer writes."""

    catalogue: Catalogue
    rules: Rules
    rewriting: Rewriting
    search: Search
    composer: Composer
    metrics: Metrics
    model: Model | None
    history_tokens: int
