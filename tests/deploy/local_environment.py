"""What `sam local invoke --env-vars <file>` would put into the environment of every function: prints JSON, by logical id.

Run by local-env.test.ts with the interpreter of the SAM CLI: `python local_environment.py <template> [<file>]`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider
from samcli.local.lambdafn.env_vars import EnvironmentVariables


def environments(template: str, overrides: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    stacks, _ = SamLocalStackProvider.get_stacks(template, global_parameter_overrides={"AWS::Region": "ap-northeast-2"})
    found = {}
    for function in SamFunctionProvider(stacks, use_raw_codeuri=True).get_all():
        variables = (function.environment or {}).get("Variables")
        given = {**overrides.get("Parameters", {}), **overrides.get(function.name, {})}
        environment = EnvironmentVariables(
            function.name, function.memory, function.timeout, function.handler, None, variables=variables, override_values=given
        )
        found[function.name] = environment.resolve()
    return found


if __name__ == "__main__":
    print(json.dumps(environments(sys.argv[1], json.loads(Path(sys.argv[2]).read_text()) if len(sys.argv) > 2 else {})))
