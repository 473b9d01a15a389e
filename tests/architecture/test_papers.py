"""The papers at the root say what is so: the portal's own publiccode.yml, its licence, its hooks and its workflow."""

import tomllib
from pathlib import Path

import yaml
from django.conf import settings

from assets_registry import publiccode

ROOT = Path(settings.BASE_DIR)


def said() -> dict:
    return publiccode.read((ROOT / "publiccode.yml").read_text("utf-8"))


def test_the_portals_own_publiccode_is_what_its_registry_asks_of_others():
    assert publiccode.problems(said()) == []
    assert publiccode.remarks(said()) == []


def test_it_names_the_version_and_the_licence_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert said()["softwareVersion"] == project["version"]
    assert said()["legal"]["license"] == project["license"]
    assert (ROOT / "LICENCE").read_text("utf-8").startswith(f"{project['license']} License")


def test_the_hooks_and_the_public_host_run_what_developers_run():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    jobs = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]

    assert [(repo["repo"], [hook["entry"] for hook in repo["hooks"]]) for repo in hooks] == [("local", ["make check"])]
    assert [step["run"] for step in jobs["check"]["steps"] if "run" in step] == ["make check test"]
