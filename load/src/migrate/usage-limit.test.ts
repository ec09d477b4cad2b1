import {
  CreateUsageLimitCommand,
  ListUsageLimitsCommand,
  RedshiftServerlessClient,
  UpdateUsageLimitCommand,
} from '@aws-sdk/client-redshift-serverless';
import { mockClient } from 'aws-sdk-client-mock';
import { setUsageLimit } from './usage-limit.ts';

const redshift = mockClient(RedshiftServerlessClient);
const ARN = 'arn:aws:redshift-serverless:ap-northeast-2:000000000000:workgroup/w';
const set = () => setUsageLimit(new RedshiftServerlessClient({ region: 'x' }), { workgroupArn: ARN, rpuHoursADay: 96 });
const listed = (amount: number, period: 'daily' | 'monthly' = 'daily') =>
  redshift
    .on(ListUsageLimitsCommand, { resourceArn: ARN, usageType: 'serverless-compute' })
    .resolves({ usageLimits: [{ usageLimitId: 'limit-1', amount, period, breachAction: 'deactivate' }] });
const sent = () => redshift.calls().map(({ firstArg }) => (firstArg as { constructor: { name: string } }).constructor.name);

beforeEach(() => {
  redshift.reset();
  redshift.on(CreateUsageLimitCommand).resolves({});
  redshift.on(UpdateUsageLimitCommand).resolves({});
});

it('makes a limit when there is none of a day', async () => {
  listed(5, 'monthly');

  await set();

  expect(redshift.commandCalls(CreateUsageLimitCommand)[0]?.args[0].input).toEqual({
    resourceArn: ARN,
    usageType: 'serverless-compute',
    period: 'daily',
    amount: 96,
    breachAction: 'deactivate',
  });
});

it('leaves alone what is so already', async () => {
  listed(96);

  await set();

  expect(sent()).toEqual(['ListUsageLimitsCommand']);
});

it('changes another amount', async () => {
  listed(10);

  await set();

  expect(redshift.commandCalls(UpdateUsageLimitCommand)[0]?.args[0].input).toEqual({
    usageLimitId: 'limit-1',
    amount: 96,
    breachAction: 'deactivate',
  });
});
