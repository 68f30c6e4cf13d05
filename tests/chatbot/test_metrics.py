"""What dashboards and alerts can rely on."""

from prometheus_client import CollectorRegistry, generate_latest

from chatbot.metrics import Metrics


def test_names_have_a_prefix_and_a_base_unit() -> None:
    registry = CollectorRegistry()
    Metrics(registry)
    names = {metric.name: metric.type for metric in registry.collect()}
    assert names == {
        "osusume_turns": "counter",
        "osusume_stage_seconds": "histogram",
        "osusume_first_token_seconds": "histogram",
        "osusume_model_requests": "counter",
        "osusume_tokens": "counter",
        "osusume_fallbacks": "counter",
        "osusume_store_errors": "counter",
    }


def test_two_apps_in_one_process_do_not_collide() -> None:
    first, second = CollectorRegistry(), CollectorRegistry()
    Metrics(first).store_errors.inc()
    Metrics(second)
    assert first.get_sample_value("osusume_store_errors_total") == 1
    assert second.get_sample_value("osusume_store_errors_total") == 0


def test_known_labels_are_there_before_their_first_event() -> None:
    registry = CollectorRegistry()
    Metrics(registry)
    text = generate_latest(registry).decode()
    assert 'osusume_fallbacks_total{reason="rate_limited"} 0.0' in text
    assert 'osusume_model_requests_total{outcome="refused"} 0.0' in text
    assert 'osusume_stage_seconds_count{stage="search"} 0.0' in text


def test_a_stage_can_be_timed() -> None:
    registry = CollectorRegistry()
    with Metrics(registry).stage_seconds.labels("search").time():
        pass
    searches = {"stage": "search"}
    assert registry.get_sample_value("osusume_stage_seconds_count", searches) == 1
