"""An offline CloudFormation: ministack with what it lacks for this application. Its functions are private, so its version is pinned.

Run by conftest.py as `python emulator.py`, with GATEWAY_PORT, BIND_HOST=127.0.0.1 and Node 24 first on PATH.
"""

from __future__ import annotations

import re
from typing import Any, Callable

from ministack.services.cloudformation import engine, provisioners

Attributes = dict[str, str]

# Children come untransformed: ministack applies the SAM transform to the root only.
_parse = engine._parse_template
engine._parse_template = lambda body: engine._apply_transforms(_parse(body))

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


def _stand_in(name_property: str, attributes: Attributes) -> dict[str, Callable[..., Any]]:
    """A resource that ministack has no part for: it exists, bears its name and answers GetAtt. cfn-lint checks its properties."""

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> tuple[str, Attributes]:
        name = properties.get(name_property) or f"{stack_name}-{logical_id}"
        if name_property in _LOWER_CASE and not re.fullmatch("[a-z0-9-]{3,64}", name):
            raise ValueError(f"{name_property} {name} must be 3 to 64 lower-case letters, digits and hyphens")
        return name, {key: text.format(name=name) for key, text in attributes.items()}

    def update(_id: str, _old: Any, new: dict[str, Any], stack_name: str, logical_id: str = "") -> tuple[str, Attributes]:
        return create(logical_id, new, stack_name)

    return {"create": create, "update": update, "delete": lambda _id, _properties: None}


# https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html
_LOWER_CASE = {"NamespaceName", "WorkgroupName"}
_SERVERLESS = "arn:aws:redshift-serverless:ap-northeast-2:000000000000"
for kind, stand_in in {
    "AWS::RedshiftServerless::Namespace": _stand_in("NamespaceName", {"Namespace.NamespaceArn": f"{_SERVERLESS}:namespace/{{name}}"}),
    "AWS::RedshiftServerless::Workgroup": _stand_in("WorkgroupName", {"Workgroup.WorkgroupArn": f"{_SERVERLESS}:workgroup/{{name}}"}),
    "AWS::EMRServerless::Application": _stand_in("Name", {"Arn": "arn:aws:emr-serverless:ap-northeast-2:000000000000:/applications/{name}"}),
    "AWS::CloudWatch::Dashboard": _stand_in("DashboardName", {}),
    "AWS::Budgets::Budget": _stand_in("BudgetName", {}),
    "AWS::EC2::SecurityGroupIngress": _stand_in("Id", {}),
    "AWS::EC2::SecurityGroupEgress": _stand_in("Id", {}),
}.items():
    HANDLERS.setdefault(kind, stand_in)

if __name__ == "__main__":
    from ministack.app import main

    main()
