"""Embeds the catalogue that ships anew, for data/vectors.npy. Run: make vectors."""

import numpy as np

from data import Catalogue
from retrieval import embedder
from retrieval.vectors import SHIPPED, vectors_table

if __name__ == "__main__":
    np.save(SHIPPED, vectors_table(Catalogue.read(), embedder("onnx")))
