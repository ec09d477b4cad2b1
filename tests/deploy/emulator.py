"""An offline CloudFormation: ministack with what it lacks for this application. Its functions are private, so its version is pinned.

Run by conftest.py as `python emulator.py`, with GATEWAY_PORT, BIND_HOST=127.0.0.1, Node 24 first on PATH, and STAND_INS: the file that holds
the `<type> <name>` of every stand-in that is there, as a JSON list.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Callable

from ministack.services.cloudformation import _stacks, engine, provisioners

Attributes = dict[str, str]

# Children come untransformed: ministack applies the SAM transform to the root only.
_parse = engine._parse_template


def _transformed(body: str) -> dict[str, Any]:
    """The transform is not told what the parent passes, and would write defaults into the template for it: so it sees none."""
    template = _parse(body)
    parameters = template.get("Parameters") or {}
    defaults = {name: parameter.pop("Default") for name, parameter in parameters.items() if "Default" in parameter}
    transformed = engine._apply_transforms(template)
    for name, default in defaults.items():
        transformed["Parameters"][name]["Default"] = default
    return transformed


engine._parse_template = _transformed

# Dynamic references are resolved in the root only, too. While a child is made, every reference is followed by them.
_refs = engine._resolve_refs


def _resolve(value: Any, *args: Any, **kwargs: Any) -> Any:
    return engine._resolve_dynamic_references(_refs(value, *args, **kwargs))[0]


def _nested(make: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        engine._resolve_refs = _resolve
        try:
            return make(*args, **kwargs)
        finally:
            engine._resolve_refs = _refs

    return run


HANDLERS = provisioners._RESOURCE_HANDLERS
for operation in ("create", "update"):
    HANDLERS["AWS::CloudFormation::Stack"][operation] = _nested(HANDLERS["AWS::CloudFormation::Stack"][operation])

# An update of a child loses the attributes of its resources.
_known: dict[str, Attributes] = {}
_provision, _update = provisioners._provision_resource, provisioners._update_resource


def _remember(result: tuple[str, Attributes | None]) -> tuple[str, Attributes]:
    _known[result[0]] = {**_known.get(result[0], {}), **(result[1] or {})}
    return result[0], _known[result[0]]


provisioners._provision_resource = lambda *args, **kwargs: _remember(_provision(*args, **kwargs))
provisioners._update_resource = lambda *args, **kwargs: _remember(_update(*args, **kwargs))


# The deletion of a child looks at no DeletionPolicy.
_delete = provisioners._delete_resource


def _delete_unless_retained(kind: str, physical_id: str, properties: dict[str, Any], stack_name: str, logical_id: str) -> None:
    definition = (_stacks.get(stack_name, {}).get("_template") or {}).get("Resources", {}).get(logical_id, {})
    if definition.get("DeletionPolicy") not in {"Retain", "RetainExceptOnCreate"}:
        _delete(kind, physical_id, properties, stack_name, logical_id)


def _delete_child(*args: Any) -> None:
    provisioners._delete_resource = _delete_unless_retained
    try:
        _delete_stack(*args)
    finally:
        provisioners._delete_resource = _delete


_delete_stack = HANDLERS["AWS::CloudFormation::Stack"]["delete"]
HANDLERS["AWS::CloudFormation::Stack"]["delete"] = _delete_child

_there: set[str] = set()


def _note(change: Callable[[str], None], kind: str, name: str) -> None:
    change(f"{kind} {name}")
    Path(os.environ["STAND_INS"]).write_text(json.dumps(sorted(_there)))


def _stand_in(kind: str, name_property: str, attributes: Attributes) -> dict[str, Callable[..., Any]]:
    """A resource that ministack has no part for: it is noted while it is there, bears its name and answers GetAtt. cfn-lint checks its
    properties."""

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> tuple[str, Attributes]:
        name = properties.get(name_property) or f"{stack_name}-{logical_id}"
        if name_property in _LOWER_CASE and not re.fullmatch("[a-z0-9-]{3,64}", name):
            raise ValueError(f"{name_property} {name} must be 3 to 64 lower-case letters, digits and hyphens")
        _note(_there.add, kind, name)
        return name, {key: text.format(name=name) for key, text in attributes.items()}

    def update(_id: str, _old: Any, new: dict[str, Any], stack_name: str, logical_id: str = "") -> tuple[str, Attributes]:
        return create(logical_id, new, stack_name)

    def delete(name: str, _properties: dict[str, Any]) -> None:
        _note(_there.discard, kind, name)

    return {"create": create, "update": update, "delete": delete}


# https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html
_LOWER_CASE = {"NamespaceName", "WorkgroupName"}
_SERVERLESS = "arn:aws:redshift-serverless:ap-northeast-2:000000000000"
for resource_type, (name_of, answers) in {
    "AWS::RedshiftServerless::Namespace": ("NamespaceName", {"Namespace.NamespaceArn": f"{_SERVERLESS}:namespace/{{name}}"}),
    "AWS::RedshiftServerless::Workgroup": ("WorkgroupName", {"Workgroup.WorkgroupArn": f"{_SERVERLESS}:workgroup/{{name}}"}),
    "AWS::EMRServerless::Application": ("Name", {"Arn": "arn:aws:emr-serverless:ap-northeast-2:000000000000:/applications/{name}"}),
    "AWS::Budgets::Budget": ("BudgetName", {}),
    "AWS::EC2::SecurityGroupIngress": ("Id", {}),
    "AWS::EC2::SecurityGroupEgress": ("Id", {}),
}.items():
    HANDLERS.setdefault(resource_type, _stand_in(resource_type, name_of, answers))

if __name__ == "__main__":
    from ministack.app import main

    main()
