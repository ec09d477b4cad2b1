import type { DeployedApplication } from '../template/application.ts';

/** What the laptop run takes for its AWS account. */
export const ACCOUNT = '000000000000';
export const REGION = 'ap-northeast-2';
/** Access keys that no template declares: the person at the laptop, and the role behind the cluster's instance profile. */
export const OPERATOR_KEY = 'LOCALKEYOPERATOR';
export const EMR_KEY = 'LOCALKEYEMRINSTANCE';
/** No signature is checked; the key id alone says who calls. */
export const SECRET_ACCESS_KEY = 'local';

export const OPERATOR_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/operator`;

/** Every role's own key, so that the endpoint can ask who calls. */
export function callersOf(application: DeployedApplication): (accessKeyId: string) => string | undefined {
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const known = new Map([
    [OPERATOR_KEY, OPERATOR_ROLE_ARN],
    [EMR_KEY, role('emr-instance')],
    ...[...application.functions, ...application.stateMachines].map(({ accessKeyId, roleArn }) => [accessKeyId, roleArn] as const),
  ]);
  return (accessKeyId) => known.get(accessKeyId);
}
