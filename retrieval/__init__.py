"""What a message asks for, and the titles that answer it.

`retrieval.retriever` is not among the names here: LangChain's runnables take a second to import.
"""

from retrieval import index
from retrieval.building import build
from retrieval.candidates import Candidate, Found, Relaxation, joined
from retrieval.constraints import Constraint, forgetting
from retrieval.embeddings import Embedder, embedder
from retrieval.index import Index, Place
from retrieval.learned import Learned
from retrieval.learning import Learning
from retrieval.matching import Matched, Matching
from retrieval.rewriting import Form, Rewriting
from retrieval.rules import Rules
from retrieval.search import Search
from retrieval.state import RequestState
from retrieval.understanding import Intent, Understanding

__all__ = [
    "Candidate",
    "Constraint",
    "Embedder",
    "Form",
    "Found",
    "Index",
    "Intent",
    "Learned",
    "Learning",
    "Matched",
    "Matching",
    "Place",
    "Relaxation",
    "RequestState",
    "Rewriting",
    "Rules",
    "Search",
    "Understanding",
    "build",
    "embedder",
    "forgetting",
    "index",
    "joined",
]
