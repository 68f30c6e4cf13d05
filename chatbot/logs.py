"""The app's log: events with fields on standard error, without any secret."""

import logging
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from chatbot.settings import Settings

_HIDDEN = "[hidden]"
_SHORTEST_SECRET = 4  # hiding every "a" would leave no log


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up structlog and the libraries' logging, once at the start; to standard error if None."""
    out = stream or sys.stderr
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared = _shared(settings.secrets)
    renderer = _renderer(settings, out)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(out),
    )
    _route_libraries(out, max(level, logging.WARNING), shared, renderer)


def _shared(secrets: Iterable[str]) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        Redaction(secrets),
    ]


def _renderer(settings: Settings, out: TextIO) -> Processor:
    if (settings.log_format or ("console" if out.isatty() else "json")) == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=out.isatty(),
        # The default, rich's, shows the variables of every frame: keys and messages among them.
        exception_formatter=structlog.dev.plain_traceback,
    )


def _route_libraries(out: TextIO, level: int, shared: list[Processor], renderer: Processor) -> None:
    handler = logging.StreamHandler(out)
    handler.setLevel(level)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shared,
                renderer,
            ],
        )
    )
    logging.captureWarnings(capture=True)
    logging.basicConfig(handlers=[handler], level=level, force=True)


class Redaction:
    """Hides secrets wherever they are in an event: names, values, lists, exceptions' texts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = [each for each in secrets if len(each) >= _SHORTEST_SECRET]

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """Return the event without secrets; what is neither text nor number becomes its repr."""
        return {self._text(name): self._clean(value) for name, value in event.items()}

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            pairs = cast("Mapping[object, object]", value)
            return {self._text(str(name)): self._clean(each) for name, each in pairs.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(each) for each in cast("Iterable[Any]", value)]
        return self._text(repr(value))

    def _text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text
