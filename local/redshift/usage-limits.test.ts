import {
  CreateUsageLimitCommand,
  ListUsageLimitsCommand,
  ListWorkgroupsCommand,
  RedshiftServerlessClient,
  UpdateUsageLimitCommand,
} from '@aws-sdk/client-redshift-serverless';
import { clientOf, endpointFixture, type EndpointFixture } from '../endpoint/endpoint-fixture.ts';
import { setUsageLimit } from '../../load/src/migrate/usage-limit.ts';
import { usageLimitService } from './usage-limits.ts';

const workgroupArn = 'arn:aws:redshift-serverless:ap-northeast-2:000000000000:workgroup/w';
let fixture: EndpointFixture;
let client: RedshiftServerlessClient;

beforeEach(async () => {
  fixture = await endpointFixture();
  client = new RedshiftServerlessClient(clientOf(await fixture.start({ services: [usageLimitService()] })));
});
afterEach(async () => {
  client.destroy();
  await fixture.remove();
});

it('keeps one limit a day, with the amount that was given last', async () => {
  for (const rpuHoursADay of [96, 96, 48]) await setUsageLimit(client, { workgroupArn, rpuHoursADay });

  const { usageLimits } = await client.send(new ListUsageLimitsCommand({ resourceArn: workgroupArn }));
  expect(usageLimits).toMatchObject([{ amount: 48, period: 'daily', breachAction: 'deactivate', usageType: 'serverless-compute' }]);
});

it('refuses a second limit of a kind, one that is not there, none at all, and what it cannot do', async () => {
  const limit = { resourceArn: workgroupArn, usageType: 'serverless-compute', amount: 1 } as const;
  await client.send(new CreateUsageLimitCommand(limit));

  await expect(client.send(new CreateUsageLimitCommand(limit))).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(client.send(new CreateUsageLimitCommand({ ...limit, amount: 0 }))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(client.send(new UpdateUsageLimitCommand({ usageLimitId: 'x' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new ListWorkgroupsCommand({}))).rejects.toThrow('does not know ListWorkgroups');
});
