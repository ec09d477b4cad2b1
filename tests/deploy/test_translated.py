"""What SAM makes of the stages' templates, by SAM's own translator: roles that no template names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
STAGES = ("extract", "transform", "load", "alarm", "workflow")
BOUNDARY = {"Fn::If": ["HasBoundary", {"Ref": "PermissionsBoundary"}, {"Ref": "AWS::NoValue"}]}


class NoPolicies(ManagedPolicyLoader):
    """Names of managed policies stay as they are written: to look them up needs an account."""

    def __init__(self) -> None:
        super().__init__(None)

    def load(self) -> dict[str, str]:
        return {}


def resources(stage: str) -> dict[str, Any]:
    os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-2")
    template = yaml_parse((ROOT / stage / "template.yaml").read_text())
    for properties in (template["Globals"]["Function"], *(resource.get("Properties", {}) for resource in template["Resources"].values())):
        # Local paths stand for what `sam package` puts into S3.
        if "CodeUri" in properties:
            properties["CodeUri"] = "s3://bucket/code.zip"
        if "DefinitionUri" in properties:
            properties["DefinitionUri"] = "s3://bucket/definition.json"
    return transform(template, {}, NoPolicies())["Resources"]


def test_only_what_is_sent_events_may_write_to_the_queue_of_failed_ones() -> None:
    made = resources("extract")
    writers = [name for name, resource in made.items() if resource["Type"] == "AWS::IAM::Role" and "sqs:SendMessage" in str(resource)]

    assert sorted(writers) == ["ExtractFunctionRole", "SearchFunctionRole"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_role_is_bounded_where_the_account_asks_for_it(stage: str) -> None:
    roles = {name: role["Properties"] for name, role in resources(stage).items() if role["Type"] == "AWS::IAM::Role"}

    assert len(roles) >= 2
    assert {name: role.get("PermissionsBoundary") for name, role in roles.items()} == dict.fromkeys(roles, BOUNDARY)
