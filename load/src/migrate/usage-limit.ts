import {
  CreateUsageLimitCommand,
  ListUsageLimitsCommand,
  UpdateUsageLimitCommand,
  type RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';

export interface UsageLimitRequest {
  readonly workgroupArn: string;
  /** Hours of Redshift Processing Units, the most that a day may use. */
  readonly rpuHoursADay: number;
}

const COMPUTE = { usageType: 'serverless-compute', period: 'daily' } as const;

/**
 * Bounds what the workgroup may cost: beyond the limit Redshift refuses queries until the next day (UTC), and runs fail and say so. There is no
 * CloudFormation resource for it. A second time changes nothing; another amount replaces the first. Errors are the SDK's own.
 */
export async function setUsageLimit(client: RedshiftServerlessClient, { workgroupArn, rpuHoursADay }: UsageLimitRequest): Promise<void> {
  const { usageLimits = [] } = await client.send(new ListUsageLimitsCommand({ resourceArn: workgroupArn, usageType: COMPUTE.usageType }));
  const limit = { amount: rpuHoursADay, breachAction: 'deactivate' } as const;
  const before = usageLimits.find(({ period }) => period === COMPUTE.period);
  if (!before) await client.send(new CreateUsageLimitCommand({ resourceArn: workgroupArn, ...COMPUTE, ...limit }));
  else if (before.amount !== rpuHoursADay || before.breachAction !== limit.breachAction)
    await client.send(new UpdateUsageLimitCommand({ usageLimitId: before.usageLimitId, ...limit }));
}
