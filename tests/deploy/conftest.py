"""What the tests of a deployment run against: the emulator, the stand-ins of Redshift and EMR, and `sam deploy` on a clean build.

The runner gives HOTPOST_CLONE (a clean copy with its .aws-sam/build) and HOTPOST_SAM (the SAM CLI), and puts Node 24 first on PATH.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import boto3
import pytest

HERE = Path(__file__).parent
STACK = "de3-team-project"
WEBHOOK = "https://hooks.slack.com/services/planted-webhook"
PASSWORD = "Planted-password-1"


@dataclass(frozen=True)
class Cloud:
    """An emulated account. `environment` is what a shell needs to take it for AWS; `log` is the emulator's; `pretended` names what it only
    pretends to have made."""

    environment: dict[str, str]
    stand_ins: str
    log: Path
    pretended: Path

    def client(self, service: str) -> Any:
        """A boto3 client; Redshift's and EMR's are those that the functions speak to."""
        url = self.stand_ins if service in {"redshift-data", "redshift-serverless", "emr"} else self.environment["AWS_ENDPOINT_URL"]
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, endpoint_url=url, region_name="ap-northeast-2", **keys)

    def deploy(self, *parameters: str) -> subprocess.CompletedProcess[str]:
        """`sam deploy` as it is in samconfig.toml, without its question."""
        command = [os.environ["HOTPOST_SAM"], "deploy", "--no-confirm-changeset", "--parameter-overrides", *parameters]
        return subprocess.run(command, cwd=os.environ["HOTPOST_CLONE"], env=self.environment, capture_output=True, text=True, check=False)

    def delete(self) -> None:
        """Deletes the stack by the API, since `sam delete` cannot read the emulator's template addresses; waits up to a minute."""
        formation = self.client("cloudformation")
        formation.delete_stack(StackName=STACK)
        deadline = time.monotonic() + 60
        while any(name.startswith(STACK) for name in self.stacks()) and time.monotonic() < deadline:
            time.sleep(0.5)

    def stacks(self) -> dict[str, str]:
        """Status by name."""
        return {stack["StackName"]: stack["StackStatus"] for stack in self.client("cloudformation").describe_stacks()["Stacks"]}

    def physical(self, logical_id: str) -> str:
        """The physical name of a resource of any nested stack."""
        for name in self.stacks():
            for resource in self.client("cloudformation").describe_stack_resources(StackName=name)["StackResources"]:
                if resource["LogicalResourceId"] == logical_id:
                    return resource["PhysicalResourceId"]
        raise LookupError(f"No resource {logical_id} in the deployed stacks")

    def invoke(self, logical_id: str, event: object) -> tuple[str | None, Any]:
        """Whether the function failed, and its answer."""
        answer = self.client("lambda").invoke(FunctionName=self.physical(logical_id), Payload=json.dumps(event))
        return answer.get("FunctionError"), json.loads(answer["Payload"].read())

    def variables(self, logical_id: str) -> dict[str, str]:
        """The environment of a function."""
        return self.client("lambda").get_function_configuration(FunctionName=self.physical(logical_id))["Environment"]["Variables"]

    def logged(self, logical_id: str, words: str) -> bool:
        """Whether a function wrote these words into its log group."""
        logs, group = self.client("logs"), self.client("lambda").get_function_configuration(FunctionName=self.physical(logical_id))
        name = group.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{self.physical(logical_id)}")
        return any(words in entry["message"] for entry in logs.filter_log_events(logGroupName=name)["events"])

    def create_secrets(self) -> None:
        for name, value in {"slack": {"url": WEBHOOK}, "redshift": {"username": "admin", "password": PASSWORD}}.items():
            self.client("secretsmanager").create_secret(Name=f"hotpost/{name}", SecretString=json.dumps(value))


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("cloud")
    stand_ins = subprocess.Popen(
        ["node", str(HERE / "stand-ins.ts"), str(folder), f"{STACK}-workgroup", "hotpost"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    url = stand_ins.stdout.readline().strip()
    port = _free_port()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "ap-northeast-2"}
    environment = {**os.environ, **keys, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "SAM_CLI_TELEMETRY": "0"}
    log, pretended = folder / "emulator.log", folder / "pretended.json"
    of_emulator = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "AWS_ENDPOINT_URL_REDSHIFT_DATA": url, "AWS_ENDPOINT_URL_REDSHIFT_SERVERLESS": url, "AWS_ENDPOINT_URL_EMR": url, "STAND_INS": str(pretended)}
    with log.open("w") as output:
        emulator = subprocess.Popen(
            [sys.executable, str(HERE / "emulator.py")], env={**os.environ, **keys, **of_emulator}, stdout=output, stderr=output
        )
    try:
        _wait_for(port, emulator)
        yield Cloud(environment, url, log, pretended)
    finally:
        for process in (emulator, stand_ins):
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("The emulator did not start within a minute")
