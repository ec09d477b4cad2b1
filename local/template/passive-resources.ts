import { type Creation, physicalName } from './creation.ts';
import type { ResourceAnswers } from './stack-scope.ts';
import { templateError } from './template-error.ts';

/** A type that needs nothing on a laptop but answers Ref and GetAtt. Texts hold {name}, {region}, {account}. */
interface PassiveType {
  /** The property that names it. */
  readonly name?: string;
  /** What Ref gives, `{name}` when absent. */
  readonly ref?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const SERVERLESS_ARN = 'arn:aws:redshift-serverless:{region}:{account}';
const NOTHING: PassiveType = {};

const PASSIVE_TYPES: Readonly<Record<string, PassiveType>> = {
  'AWS::IAM::Role': { name: 'RoleName', attributes: { Arn: 'arn:aws:iam::{account}:role/{name}', RoleId: '{name}' } },
  'AWS::IAM::InstanceProfile': { name: 'InstanceProfileName', attributes: { Arn: 'arn:aws:iam::{account}:instance-profile/{name}' } },
  'AWS::IAM::Policy': { name: 'PolicyName' },
  'AWS::IAM::RolePolicy': { name: 'PolicyName' },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    ref: 'arn:aws:iam::{account}:policy/{name}',
    attributes: { PolicyArn: 'arn:aws:iam::{account}:policy/{name}' },
  },
  'AWS::IAM::ServiceLinkedRole': { attributes: { RoleName: '{name}' } },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', attributes: { Arn: 'arn:aws:logs:{region}:{account}:log-group:{name}:*' } },
  'AWS::Logs::MetricFilter': { name: 'FilterName' },
  'AWS::Logs::ResourcePolicy': { name: 'PolicyName' },
  'AWS::KMS::Key': { attributes: { Arn: 'arn:aws:kms:{region}:{account}:key/{name}', KeyId: '{name}' } },
  'AWS::KMS::Alias': { name: 'AliasName' },
  'AWS::RedshiftServerless::Namespace': {
    name: 'NamespaceName',
    attributes: {
      'Namespace.NamespaceArn': `${SERVERLESS_ARN}:namespace/{name}`,
      'Namespace.NamespaceId': '{name}',
      'Namespace.NamespaceName': '{name}',
    },
  },
  'AWS::RedshiftServerless::Workgroup': {
    name: 'WorkgroupName',
    attributes: {
      'Workgroup.WorkgroupArn': `${SERVERLESS_ARN}:workgroup/{name}`,
      'Workgroup.WorkgroupId': '{name}',
      'Workgroup.WorkgroupName': '{name}',
      'Workgroup.NamespaceName': '{name}',
    },
  },
  'AWS::EC2::VPC': {
    ref: 'vpc-{name}',
    attributes: { VpcId: 'vpc-{name}', DefaultSecurityGroup: 'sg-{name}-default', CidrBlock: '10.0.0.0/16' },
  },
  'AWS::EC2::Subnet': { ref: 'subnet-{name}', attributes: { SubnetId: 'subnet-{name}', AvailabilityZone: '{region}a' } },
  'AWS::EC2::SecurityGroup': { ref: 'sg-{name}', attributes: { GroupId: 'sg-{name}' } },
  'AWS::EC2::SecurityGroupIngress': NOTHING,
  'AWS::EC2::SecurityGroupEgress': NOTHING,
  'AWS::EC2::RouteTable': { attributes: { RouteTableId: '{name}' } },
  'AWS::EC2::Route': NOTHING,
  'AWS::EC2::SubnetRouteTableAssociation': NOTHING,
  'AWS::EC2::InternetGateway': { attributes: { InternetGatewayId: '{name}' } },
  'AWS::EC2::VPCGatewayAttachment': NOTHING,
  'AWS::EC2::EIP': { attributes: { AllocationId: '{name}' } },
  'AWS::EC2::NatGateway': { attributes: { NatGatewayId: '{name}' } },
  'AWS::EC2::VPCEndpoint': { attributes: { Id: '{name}' } },
  'AWS::EC2::FlowLog': NOTHING,
  'AWS::EMR::SecurityConfiguration': { name: 'Name' },
  'AWS::SNS::TopicPolicy': NOTHING,
  'AWS::SNS::Subscription': NOTHING,
  'AWS::SQS::Queue': {
    name: 'QueueName',
    ref: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    attributes: {
      Arn: 'arn:aws:sqs:{region}:{account}:{name}',
      QueueName: '{name}',
      QueueUrl: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    },
  },
  'AWS::SQS::QueuePolicy': NOTHING,
  'AWS::S3::BucketPolicy': NOTHING,
  'AWS::SecretsManager::ResourcePolicy': NOTHING,
  'AWS::Lambda::Permission': NOTHING,
  'AWS::Lambda::EventInvokeConfig': NOTHING,
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', attributes: { Arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{name}' } },
  'AWS::CloudWatch::CompositeAlarm': { name: 'AlarmName', attributes: { Arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{name}' } },
  'AWS::CloudWatch::Dashboard': { name: 'DashboardName' },
  'AWS::Events::Rule': { name: 'Name', attributes: { Arn: 'arn:aws:events:{region}:{account}:rule/{name}' } },
  'AWS::Scheduler::Schedule': { name: 'Name', attributes: { Arn: 'arn:aws:scheduler:{region}:{account}:schedule/default/{name}' } },
  'AWS::Scheduler::ScheduleGroup': { name: 'Name', attributes: { Arn: 'arn:aws:scheduler:{region}:{account}:schedule-group/{name}' } },
};

/** @throws TemplateError for a type that nobody has taught the local run. */
export function createPassive(creation: Creation): ResourceAnswers {
  const { type, place, account } = creation;
  const known = Object.hasOwn(PASSIVE_TYPES, type) ? PASSIVE_TYPES[type] : undefined;
  if (!known) throw templateError(place, `the local run does not know the resource type ${type}`);
  const name = known.name === undefined ? `${creation.stackName}-${creation.logicalId}` : physicalName(creation, known.name);
  const fill = (text: string) =>
    text.replaceAll('{name}', name).replaceAll('{region}', account.region).replaceAll('{account}', account.accountId);
  const attributes = Object.fromEntries(Object.entries(known.attributes ?? {}).map(([key, text]) => [key, fill(text)]));
  return { type, ref: fill(known.ref ?? '{name}'), attributes };
}
