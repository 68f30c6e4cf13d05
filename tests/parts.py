"""Parts that tests need and that pip does not bring."""

import os
import shutil

import pytest


def needed(tool: str, package: str) -> str:
    """Where a tool is; the test is skipped without it, but fails in CI, which has to have all."""
    found = shutil.which(tool)
    if found is None:
        told = f"{tool} is missing: apt-get install {package}"
        assert not os.environ.get("CI"), told
        pytest.skip(told)
    return found
