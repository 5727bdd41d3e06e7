"""A linear, inspectable model that tells taking sides from mentioning (docs/model.md). Loading needs no scikit-learn."""

from screening.classifier.model import LABELS, Model, load
from screening.classifier.names import name_words
from screening.classifier.predict import predict

__all__ = ["LABELS", "Model", "load", "name_words", "predict"]
