"""Explains what an image classifier saw: the client of Quicklime's service.

::

    import quicklime

    with quicklime.Explainer("resnet50.pt") as explainer:
        explanation = explainer.explain("cat.jpg")
    print(explanation.labels, explanation.coefficients)
"""

from .errors import (
    Busy,
    InvalidInput,
    NotFound,
    QuicklimeError,
    ServiceDied,
    ServiceError,
    StartFailed,
    TimedOut,
    TooLarge,
    Unauthorized,
    Unavailable,
    UnknownClass,
    Unreachable,
)
from .explainer import Explainer
from .explanation import Explanation, Scored
from .lime_image import ImageExplanation, LimeImageExplainer

__version__ = "0.1.0"

__all__ = [
    "Busy",
    "Explainer",
    "Explanation",
    "ImageExplanation",
    "InvalidInput",
    "LimeImageExplainer",
    "NotFound",
    "QuicklimeError",
    "Scored",
    "ServiceDied",
    "ServiceError",
    "StartFailed",
    "TimedOut",
    "TooLarge",
    "Unauthorized",
    "Unavailable",
    "UnknownClass",
    "Unreachable",
]
