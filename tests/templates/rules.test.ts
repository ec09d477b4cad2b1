import { yamlParse } from 'yaml-cfn';
import * as z from 'zod';
import { isMap, type PlainMap } from '../../local/template/plain-values.ts';
import { STAGES, TEMPLATES, repositoryTemplate, repositoryText } from './repository-templates.ts';

describe.each(TEMPLATES)('%s', (path) => {
  const template = repositoryTemplate(path);

  it('describes every parameter and output', () => {
    const silent = Object.entries({ ...template.parameters, ...template.outputs }).filter(
      ([, { Description: text }]) => typeof text !== 'string' || text === '',
    );

    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it("says why wherever a policy's Resource is '*'", () => {
    const lines = repositoryText(path).split('\n');
    const open = lines.flatMap((line, index) => (/Resource: (?:'\*'|"\*"|\[ *'\*' *\])/.test(line) ? [index] : []));

    expect(open.length).toBe([...template.resources.values()].reduce((sum, { properties }) => sum + openStatements(properties), 0));
    expect(open.filter((index) => !isCommented(lines, index)).map((index) => `${path}:${index + 1}`)).toEqual([]);
  });

  it('describes every function, and gives it a policy and a time-out of its own', () => {
    const functions = [...template.resources.values()].filter(({ type }) => type === 'AWS::Serverless::Function');
    const lacking = functions.flatMap(({ logicalId, properties }) =>
      ['Description', 'Policies', 'Timeout', 'MemorySize']
        .filter((property) => properties[property] === undefined)
        .map((property) => `${logicalId}.${property}`),
    );

    expect(lacking).toEqual([]);
  });
});

it('a guided deploy asks for twelve parameters at most, each in a group of the console', () => {
  const { parameters } = repositoryTemplate('template.yaml');
  const groups = z
    .object({ 'AWS::CloudFormation::Interface': z.object({ ParameterGroups: z.array(z.object({ Parameters: z.array(z.string()) })) }) })
    .parse(z.object({ Metadata: z.unknown() }).parse(yamlParse(repositoryText('template.yaml'))).Metadata)[
    'AWS::CloudFormation::Interface'
  ].ParameterGroups;

  expect(Object.keys(parameters).length).toBeLessThanOrEqual(12);
  expect(groups.flatMap((group) => group.Parameters).sort()).toEqual(Object.keys(parameters).sort());
});

it('the root template wires and holds no resource of its own', () => {
  const types = [...repositoryTemplate('template.yaml').resources.values()].map(({ type }) => type);

  expect(new Set(types)).toEqual(new Set(['AWS::Serverless::Application']));
});

it('every parameter of a stage that is neither passed by the root nor has a default is an error, so each has one or the other', () => {
  const root = repositoryTemplate('template.yaml');
  const bare = STAGES.flatMap((stage) => {
    const application = [...root.resources.values()].find(({ properties }) => properties['Location'] === `${stage}/template.yaml`);
    const passed = isMap(application?.properties['Parameters']) ? application.properties['Parameters'] : {};
    const { parameters } = repositoryTemplate(`${stage}/template.yaml`);
    return Object.keys(parameters).filter((name) => !(name in passed) && parameters[name]?.['Default'] === undefined);
  });

  expect(bare).toEqual([]);
});

it('every parameter that is declared is used', () => {
  const unused = TEMPLATES.flatMap((path) => {
    const text = repositoryText(path);
    const uses = (name: string) => new RegExp(`!Ref ${name}\\b|\\$\\{${name}\\}`).test(text);
    return Object.keys(repositoryTemplate(path).parameters)
      .filter((name) => !uses(name))
      .map((name) => `${path} ${name}`);
  });

  expect(unused).toEqual([]);
});

it('every output of a stage is used by the root', () => {
  const root = repositoryText('template.yaml');
  const unused = STAGES.flatMap((stage) => {
    const name = stage.replace(/^./, (letter) => letter.toUpperCase());
    const { outputs } = repositoryTemplate(`${stage}/template.yaml`);
    return Object.keys(outputs).filter(
      (output) => !root.includes(`${name}.Outputs.${output}\n`) && !root.includes(`${name}.Outputs.${output} }`),
    );
  });

  expect(unused).toEqual([]);
});

const alarms = TEMPLATES.flatMap((path) =>
  [...repositoryTemplate(path).resources.values()]
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ logicalId, properties }) => [logicalId, properties] as const),
);

it.each(alarms)('%s says what happened, treats missing data, tells somebody, and has a section in the runbook', (_id, properties) => {
  const description = String(properties['AlarmDescription']);
  const section = /^\S.+ \(alarm\/runbook\.md, "(.+)"\)$/.exec(description)?.[1] ?? 'no section named';

  expect(repositoryText('alarm/runbook.md')).toContain(`\n## ${section}\n`);
  expect(properties['TreatMissingData']).toMatch(/^(notBreaching|breaching)$/);
  expect(properties['AlarmActions']).toHaveLength(1);
});

it('alarms of what goes wrong with runs', () => {
  expect(alarms.map(([logicalId]) => logicalId).sort()).toEqual([
    'DeadLettersAlarm',
    'FailedEventsAlarm',
    'FunctionsThrottledAlarm',
    'NoRunAlarm',
    'RunFailedAlarm',
    'RunThrottledAlarm',
    'RunTimedOutAlarm',
    'SkippedRunsAlarm',
    'SpendAlarm',
  ]);
});

const workflow = repositoryTemplate('workflow/template.yaml').resources;
const ruleNamed = (logicalId: string) => workflow.get(logicalId)?.properties as PlainMap & { EventPattern: PlainMap; Targets: PlainMap[] };

it('every alarm is heard in Slack too, but those of which runs tell themselves', () => {
  const { EventPattern: pattern } = ruleNamed('AlarmRangRule');
  const heard = [...JSON.stringify(pattern['resources']).matchAll(/"(\w+Alarm)","Arn"/g)].map(([, logicalId]) => logicalId);

  expect([...heard, 'RunFailedAlarm', 'RunTimedOutAlarm', 'SkippedRunsAlarm'].sort()).toEqual(
    alarms.map(([logicalId]) => logicalId).sort(),
  );
});

it.each([
  ['AlarmRangRule', 'events/alarm-rang.json', { state: { value: ['ALARM'] } }],
  ['RunEndedRule', 'events/run-ended.json', { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] }],
])('%s tells NotifyFailure what is like %s, and may', (logicalId, file, detail) => {
  const event = JSON.parse(repositoryText(file)) as { source: string; 'detail-type': string };
  const { EventPattern: pattern, Targets: targets } = ruleNamed(logicalId);
  const functionArn = { Ref: 'NotifyFailureFunctionArn' };
  const permissions = [...workflow.values()].filter(({ type }) => type === 'AWS::Lambda::Permission').map(({ properties }) => properties);

  expect(pattern).toMatchObject({ source: [event.source], 'detail-type': [event['detail-type']], detail });
  expect(targets).toContainEqual(expect.objectContaining({ Arn: functionArn }));
  expect(permissions).toContainEqual({
    FunctionName: functionArn,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [logicalId, 'Arn'] },
  });
});

/** How many IAM statements inside a value are for every resource. */
function openStatements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + openStatements(item), 0);
  if (!isMap(value)) return 0;
  const own = 'Effect' in value && [value['Resource']].flat().includes('*') ? 1 : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + openStatements(item), own);
}

/** A comment on the line, or right above the list item that the line belongs to. */
function isCommented(lines: readonly string[], index: number): boolean {
  if (/ #/.test(lines[index] ?? '')) return true;
  const item = lines.slice(0, index + 1).findLastIndex((line) => /^\s*- /.test(line));
  return /^\s*# \S/.test(lines[item - 1] ?? '');
}
