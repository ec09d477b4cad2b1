import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { countByType, takeInventory } from './inventory.ts';
import { restLines } from './rest.ts';
import { settingsOf } from './settings.ts';

const root = join(repository, 'template.yaml');
const inventory = takeInventory(root);

it('finds what every stack creates, with what SAM makes of it', () => {
  const counts = countByType(inventory.resources);

  expect(counts.get('AWS::Lambda::Function')).toBe(inventory.application.functions.length);
  expect(counts.get('AWS::StepFunctions::StateMachine')).toBe(1);
  expect(counts.get('AWS::Scheduler::Schedule')).toBe(1);
  expect([...counts.keys()].filter((type) => type.startsWith('AWS::Serverless::'))).toEqual([]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(inventory.resources.length);
});

it('gives every function, the machine, the schedule and the cluster a role, and says who takes it', () => {
  const names = inventory.roles.map(({ name }) => name);
  const functions = inventory.application.functions.map(({ logicalId }) => `${logicalId}Role`);

  expect(names).toEqual(expect.arrayContaining([...functions, 'PipelineStateMachineRole', 'StartFunctionScheduleRole', 'EmrInstanceRole']));
  expect(inventory.roles.filter(({ takenBy }) => takenBy.length === 0)).toEqual([]);
  expect(inventory.roles.find(({ name }) => name === 'EmrInstanceRole')?.takenBy).toEqual(['ec2.amazonaws.com']);
});

it('leaves out what a condition leaves out', () => {
  const alarms = (parameters: Record<string, string>) =>
    countByType(takeInventory(root, parameters).resources).get('AWS::CloudWatch::Alarm') ?? 0;

  expect(alarms({ ScheduleState: 'ENABLED' })).toBe(alarms({}) + 1);
});

it('bills an interface endpoint by its zones, and a gateway endpoint not at all', () => {
  const endpoints = (parameters: Record<string, string>) =>
    restLines(takeInventory(root, parameters)).filter(({ price }) => price === 'interface-endpoint-hour');

  expect(endpoints({})).toEqual([]);
  expect(endpoints({ 'Load/SecretsEndpoint': 'true' })).toEqual([{ price: 'interface-endpoint-hour', quantity: 730 }]);
});

it('reads from the templates what moves the bill', () => {
  const settings = settingsOf(takeInventory(root, { 'Load/BaseCapacity': '16', 'Transform/IdleMinutes': '17' }));

  expect(settings).toMatchObject({ baseCapacity: 16, idleMinutes: 17, traces: true });
  expect(settings.memory['ExtractFunction']).toBeGreaterThanOrEqual(128);
  expect(settings.keptDays['raw/page/']).toBeLessThan(settings.keptDays['raw/'] ?? 0);
});
