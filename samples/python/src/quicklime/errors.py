"""What can go wrong. Each error is one line that says what, the rule, what was got and the remedy."""

from __future__ import annotations

from typing import Optional


class QuicklimeError(Exception):
    """Whatever this package raises; ``status`` is the HTTP status of an answer, else None."""

    status: Optional[int] = None

    def __init__(self, message: str, status: Optional[int] = None):
        super().__init__(message)
        self.status = status


class InvalidInput(QuicklimeError, ValueError):
    """A picture, an option or a field that the caller got wrong (400, or found before anything was sent)."""


class TooLarge(InvalidInput):
    """A request over the service's limit (413)."""


class UnknownClass(QuicklimeError, KeyError):
    """A class that an explanation does not hold."""

    # KeyError would show the message in quotes.
    __str__ = Exception.__str__


class Unauthorized(QuicklimeError):
    """The service wants a token, or another one (401 or 403)."""


class NotFound(QuicklimeError):
    """The service has no such model or route (404)."""


class Busy(QuicklimeError):
    """The queue was full until the call had to end (429); ``retry_after`` is when to try again, in seconds, or None."""

    def __init__(self, message: str, status: Optional[int] = 429, retry_after: Optional[float] = None):
        super().__init__(message, status)
        self.retry_after = retry_after


class TimedOut(QuicklimeError, TimeoutError):
    """The answer did not come in time: the service gave up (408 or 504), or the client did."""


class Unavailable(QuicklimeError):
    """The service is about to stop, or not ready (503)."""


class ServiceError(QuicklimeError):
    """The model or the service failed (500 and all other statuses), or its answer cannot be understood."""


class Unreachable(QuicklimeError, ConnectionError):
    """Nothing answers at the address, or the connection broke before the answer."""


class ServiceDied(Unreachable):
    """The service that was started is gone; ``log`` is the end of what it printed."""

    def __init__(self, message: str, log: str = ""):
        super().__init__(message)
        self.log = log


class StartFailed(QuicklimeError):
    """The service could not be started; ``log`` is the end of what it printed."""

    def __init__(self, message: str, log: str = ""):
        super().__init__(message)
        self.log = log


BY_STATUS = {
    400: InvalidInput,
    401: Unauthorized,
    403: Unauthorized,
    404: NotFound,
    408: TimedOut,
    413: TooLarge,
    429: Busy,
    503: Unavailable,
    504: TimedOut,
}
