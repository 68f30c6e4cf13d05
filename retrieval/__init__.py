"""What a message asks for, and the titles that answer it.

Three modules are not among the names here, for what they import takes long: `retriever`
(LangChain's runnables), `matching` (a client for the web) and `learning`.
"""

from retrieval import index
from retrieval.building import build
from retrieval.candidates import Candidate, Found, Relaxation, joined
from retrieval.constraints import Constraint, forgetting
from retrieval.embeddings import Embedder, embedder
from retrieval.index import Index, Place
from retrieval.learned import Learned
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
