"""The whole application through `sam deploy`: created, used, changed, deleted and refused. Each test goes on where the last ended."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

from conftest import PASSWORD, STACK, WEBHOOK, Cloud

CONTACT = "CrawlerContact=ops@example.test"
PRETENDED = {"AWS::RedshiftServerless::Namespace", "AWS::RedshiftServerless::Workgroup", "AWS::EMRServerless::Application"}
EVENTS = Path(os.environ.get("HOTPOST_CLONE", "."), "events")


def event(name: str) -> dict[str, object]:
    return json.loads((EVENTS / f"{name}.json").read_text())


def test_creates_every_nested_stack(cloud: Cloud) -> None:
    cloud.create_secrets()

    run = cloud.deploy(CONTACT)

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    statuses = [status for name, status in cloud.stacks().items() if name.startswith(STACK)]
    assert statuses == ["CREATE_COMPLETE"] * 6


def test_the_assets_are_in_their_bucket(cloud: Cloud) -> None:
    bucket = cloud.variables("AssetsFunction")["ASSETS_BUCKET"]

    # Named after this making of the stack; S3 takes 63 characters.
    assert re.fullmatch(f"{STACK}-assets-[0-9a-f]{{12}}", bucket)
    keys = {found["Key"] for found in cloud.client("s3").list_objects_v2(Bucket=bucket)["Contents"]}

    assert {"code/pyspark/spark-job-emr.py", "code/pyspark/hotpost_job.zip", "config/keyword-sets.json", "model/current.json"} <= keys


def test_the_migrations_made_the_tables(cloud: Cloud) -> None:
    warehouse = cloud.client("redshift-data")
    place = {"WorkgroupName": f"{STACK}-workgroup", "Database": "hotpost"}
    statement = warehouse.execute_statement(Sql="SELECT count(*) FROM community.post", **place)["Id"]
    while warehouse.describe_statement(Id=statement)["Status"] not in {"FINISHED", "FAILED"}:
        time.sleep(0.1)

    assert warehouse.get_statement_result(Id=statement)["Records"] == [[{"longValue": 0}]]


def test_the_roles_that_use_the_warehouse_have_their_users(cloud: Cloud) -> None:
    for role in ("AlarmFunctionRole", "PipelineStateMachineRole"):
        assert cloud.logged("GrantFunction", f"IAMR:{cloud.physical(role)}"), role


def test_the_warehouse_has_its_usage_limit(cloud: Cloud) -> None:
    limits = cloud.client("redshift-serverless").list_usage_limits()["usageLimits"]

    assert [(limit["amount"], limit["period"], limit["breachAction"]) for limit in limits] == [(96, "daily", "deactivate")]


def test_secrets_are_where_they_belong_and_nowhere_else(cloud: Cloud) -> None:
    assert cloud.variables("AlarmFunction")["SLACK_WEBHOOK_URL"] == WEBHOOK
    formation = cloud.client("cloudformation")
    told = [formation.describe_stacks(), *(formation.describe_stack_events(StackName=name) for name in cloud.stacks())]

    assert WEBHOOK not in json.dumps(told, default=str)
    assert PASSWORD not in json.dumps(told, default=str)


def test_a_batch_starts_once(cloud: Cloud) -> None:
    batch = event("start")["batch"]

    first = cloud.invoke("StartFunction", event("start"))
    second = cloud.invoke("StartFunction", event("start"))

    assert (first[0], first[1]["status"]) == (None, "started")
    assert (second[0], second[1]["status"]) == (None, "skipped")
    machine = cloud.variables("StartFunction")["STATE_MACHINE_ARN"]
    assert [run["name"] for run in cloud.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]] == [batch]


def test_a_malformed_event_is_answered_with_one_sentence(cloud: Cloud) -> None:
    failed, answer = cloud.invoke("StartFunction", {"batch": "tomorrow"})

    assert failed is not None
    assert answer["errorMessage"].startswith("The event is malformed: batch: must be a UTC time like")


def test_a_cluster_is_made_once_a_batch(cloud: Cloud) -> None:
    first = cloud.invoke("EnsureClusterFunction", event("ensure-cluster"))
    second = cloud.invoke("EnsureClusterFunction", event("ensure-cluster"))

    assert first[0] is None, first[1]
    assert first[1]["clusterId"] == second[1]["clusterId"]
    assert [cluster["Id"] for cluster in cloud.client("emr").list_clusters()["Clusters"]] == [first[1]["clusterId"]]


def test_a_changed_parameter_reaches_its_function(cloud: Cloud) -> None:
    run = cloud.deploy(CONTACT, "MaxAlertsPerDay=5", "ScheduleState=ENABLED")

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    assert cloud.variables("AlarmFunction")["MAX_ALERTS_PER_DAY"] == "5"
    assert cloud.client("scheduler").list_schedules()["Schedules"][0]["State"] == "ENABLED"
    alarms = [alarm["AlarmName"] for alarm in cloud.client("cloudwatch").describe_alarms()["MetricAlarms"]]
    assert any("NoRunAlarm" in name for name in alarms), alarms


def test_another_engine_brings_its_application_and_reaches_the_state_machine(cloud: Cloud) -> None:
    run = cloud.deploy(CONTACT, "TransformEngine=emr-serverless")

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    assert cloud.variables("StartFunction")["TRANSFORM_ENGINE"] == "emr-serverless"
    machine = cloud.client("stepfunctions").describe_state_machine(stateMachineArn=cloud.variables("StartFunction")["STATE_MACHINE_ARN"])
    asked = json.loads(machine["definition"])["States"]["TransformServerless"]["Parameters"]
    assert asked["ApplicationId"] == cloud.physical("ServerlessApplication")
    assert asked["ExecutionRoleArn"].endswith(cloud.physical("ServerlessJobRole"))


def test_changed_code_calls_its_custom_resource_again(cloud: Cloud) -> None:
    built = Path(os.environ["HOTPOST_CLONE"], ".aws-sam", "build")
    change(built / "Transform" / "AssetsFunction" / "handler.js", "Entry point of the EMR step", "Changed entry point")
    migrate = built / "Load" / "MigrateFunction" / "handler.js"
    migrate.write_text(migrate.read_text() + "\n// changed\n")

    run = cloud.deploy(CONTACT)

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    job = cloud.client("s3").get_object(Bucket=cloud.variables("AssetsFunction")["ASSETS_BUCKET"], Key="code/pyspark/spark-job-emr.py")
    assert "Changed entry point" in job["Body"].read().decode()
    assert cloud.logged("MigrateFunction", '"request":"Update"')


def test_deleting_leaves_nothing(cloud: Cloud) -> None:
    data_bucket = cloud.variables("AlarmFunction")["DATA_BUCKET"]
    for part in range(3):
        cloud.client("s3").put_object(Bucket=data_bucket, Key=f"raw/posts/{part}.ndjson.gz", Body=b"kept")
    before = names_by_kind(cloud)

    cloud.delete()

    assert re.findall(r"delete of \w+ failed.*", cloud.log.read_text()) == []
    # A kind of which nothing was there would show nothing.
    assert [kind for kind, names in before.items() if not names] == []
    assert {entry.split()[0] for entry in before["pretended"]} >= PRETENDED
    assert {kind: names for kind, names in names_by_kind(cloud).items() if names} == {}
    assert {cluster["Status"]["State"] for cluster in cloud.client("emr").list_clusters()["Clusters"]} <= {"TERMINATING", "TERMINATED"}


def test_a_missing_secret_stops_the_deployment(cloud: Cloud) -> None:
    """Last, because the emulator leaves a half-made nested stack behind, which CloudFormation would roll back."""
    cloud.client("secretsmanager").delete_secret(SecretId="hotpost/redshift", ForceDeleteWithoutRecovery=True)

    run = cloud.deploy(CONTACT)

    assert run.returncode != 0
    assert "secret hotpost/redshift not found" in cloud.log.read_text()
    assert cloud.stacks()[STACK] == "ROLLBACK_COMPLETE"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, f"{file} does not hold {old}"
    file.write_text(text.replace(old, new))


def names_by_kind(cloud: Cloud) -> dict[str, list[str]]:
    """What the stacks made and is there; a KMS key that waits for its end counts as gone, as do the SAM CLI's own parts. What a function is
    told about events has no list of its own: it is a part of the function."""
    ec2, iam, keys = cloud.client("ec2"), cloud.client("iam"), cloud.client("kms")
    return {
        "stacks": [name for name in cloud.stacks() if name.startswith(STACK)],
        "buckets": [b["Name"] for b in cloud.client("s3").list_buckets()["Buckets"] if b["Name"].startswith(STACK)],
        "functions": [f["FunctionName"] for f in cloud.client("lambda").list_functions()["Functions"]],
        "tables": cloud.client("dynamodb").list_tables()["TableNames"],
        "state machines": [m["name"] for m in cloud.client("stepfunctions").list_state_machines()["stateMachines"]],
        "schedules": [s["Name"] for s in cloud.client("scheduler").list_schedules()["Schedules"]],
        "roles": [r["RoleName"] for r in iam.list_roles()["Roles"]],
        "policies": [p["PolicyName"] for p in iam.list_policies(Scope="Local")["Policies"]],
        "instance profiles": [p["InstanceProfileName"] for p in iam.list_instance_profiles()["InstanceProfiles"]],
        "log groups": [g["logGroupName"] for g in cloud.client("logs").describe_log_groups()["logGroups"]],
        "alarms": [a["AlarmName"] for a in cloud.client("cloudwatch").describe_alarms()["MetricAlarms"]],
        "dashboards": [d["DashboardName"] for d in cloud.client("cloudwatch").list_dashboards()["DashboardEntries"]],
        "networks": [v["VpcId"] for v in ec2.describe_vpcs()["Vpcs"] if not v.get("IsDefault")],
        "subnets": [s["SubnetId"] for s in ec2.describe_subnets()["Subnets"] if not s.get("DefaultForAz")],
        "route tables": [t["RouteTableId"] for t in ec2.describe_route_tables()["RouteTables"] if not is_default(t)],
        "endpoints": [e["VpcEndpointId"] for e in ec2.describe_vpc_endpoints()["VpcEndpoints"]],
        "security groups": [g["GroupId"] for g in ec2.describe_security_groups()["SecurityGroups"] if g["GroupName"] != "default"],
        "topics": [t["TopicArn"] for t in cloud.client("sns").list_topics()["Topics"]],
        "queues": cloud.client("sqs").list_queues().get("QueueUrls", []),
        "rules": [r["Name"] for r in cloud.client("events").list_rules()["Rules"]],
        "secrets": [
            s["Name"] for s in cloud.client("secretsmanager").list_secrets()["SecretList"] if not s["Name"].startswith("hotpost/")
        ],
        "keys": [
            key["KeyId"]
            for key in keys.list_keys()["Keys"]
            if keys.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] != "PendingDeletion"
        ],
        "pretended": json.loads(cloud.pretended.read_text()),
    }


def is_default(table: dict[str, Any]) -> bool:
    return any(association.get("Main") for association in table["Associations"])
