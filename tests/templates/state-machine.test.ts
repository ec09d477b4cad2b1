import aslValidator from 'asl-validator';
import { type Definition, type PlacedState, allStates, isRecord } from '../../local/step-functions/definition.ts';
import { serverlessWorkers } from '../../local/cost/serverless-workers.ts';
import { settingsSchema } from '../../common/contracts/settings.ts';
import { deployed, repositoryTemplate } from './repository-templates.ts';

const machine = deployed().stateMachines[0]?.definition as unknown as Definition;
const placed = allStates(machine);
const tasks = placed.filter(({ state }) => state.Type === 'Task').map((task) => [task.name, task] as const);

it('is valid Amazon States Language once its substitutions are filled in', () => {
  const { isValid, errorsText } = aslValidator(structuredClone(machine), { checkArn: true, checkPaths: true });

  expect(isValid ? '' : errorsText('; ')).toBe('');
});

describe.each(tasks)('task %s', (_name, { state, containers }) => {
  it('ends in time', () => {
    expect(state['TimeoutSeconds']).toEqual(expect.any(Number));
  });

  it('is tried again, or says why not', () => {
    expect(Array.isArray(state['Retry']) || /no retry/i.test(String(state['Comment']))).toBe(true);
  });

  it('catches everything: inside a Map it goes on but for what a person must correct, outside the failure is told', () => {
    const catcher = catchers(state).at(-1);
    const before = catchers(state).slice(0, -1);

    expect(catcher?.['ErrorEquals']).toEqual(['States.ALL']);
    expect(endsWell(String(catcher?.['Next']), containers)).toBe(true);
    const handled = ['ClusterRefused', 'CancelStep'];
    expect(
      before.filter(({ Next }) => !handled.includes(String(Next)) && placed.find(({ name }) => name === Next)?.state.Type !== 'Fail'),
    ).toEqual([]);
  });
});

it('a time-out of a task is above that of the function it invokes', () => {
  const { functions } = deployed();
  const tooShort = tasks.flatMap(([name, { state }]) => {
    const invoked = functions.find(({ arn, logicalId }) => {
      const named = isRecord(state['Parameters']) ? state['Parameters']['FunctionName'] : undefined;
      return named === undefined ? logicalId === `${name}Function` : named === arn;
    });
    return invoked && Number(state['TimeoutSeconds']) <= invoked.timeoutSeconds ? [name] : [];
  });

  expect(tooShort).toEqual([]);
});

it('every state that fails a run leads to NotifyFailure, and from there to a Fail', () => {
  const notify = machine.States['NotifyFailure'];
  const after = [notify?.['Next'], ...catchers(notify ?? { Type: 'Task' }).map((catcher) => catcher['Next'])].map(String);

  expect(after.map((name) => machine.States[name]?.Type)).toEqual(['Fail', 'Fail']);
  expect(
    Object.entries(machine.States)
      .filter(([, { Type }]) => Type === 'Succeed')
      .map(([name]) => name),
  ).toEqual(['Done']);
});

it('says in a comment what each state but the plainest does', () => {
  const silent = placed.filter(({ state }) => ['Task', 'Map'].includes(state.Type) && typeof state['Comment'] !== 'string');

  expect(silent.map(({ name }) => name)).toEqual([]);
});

it('bounds every Map by the input, whose contract goes to 40', () => {
  const maps = placed.filter(({ state }) => state.Type === 'Map');

  expect(maps.map(({ state }) => [state['MaxConcurrencyPath'], state['MaxConcurrency']])).toEqual([
    ['$.maxConcurrency', undefined],
    ['$.maxConcurrency', undefined],
  ]);
  expect(settingsSchema.shape.maxConcurrency.safeParse(41).success).toBe(false);
});

it('may call the services that its tasks name, and of these nothing else', () => {
  const statements = repositoryTemplate('workflow/template.yaml').resources.get('PipelineStateMachine')?.properties['Policies'];
  const allowed = [
    ...JSON.stringify(statements).matchAll(/"((?:lambda|redshift-data|elasticmapreduce|emr-serverless|events|iam):\w+)"(?!:)/g),
  ].map(([, action]) => action);
  // .sync follows its work through an event rule, and cancels it with the execution.
  const followed = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];
  const actionsOf: Readonly<Record<string, string[]>> = {
    'lambda:invoke': ['lambda:InvokeFunction'],
    'elasticmapreduce:addStep.sync': [
      'elasticmapreduce:AddJobFlowSteps',
      'elasticmapreduce:DescribeStep',
      'elasticmapreduce:CancelSteps',
      ...followed,
    ],
    'emr-serverless:startJobRun.sync': [
      'emr-serverless:StartJobRun',
      'emr-serverless:GetJobRun',
      'emr-serverless:CancelJobRun',
      'iam:PassRole',
      ...followed,
    ],
    'aws-sdk:redshiftdata:batchExecuteStatement': ['redshift-data:BatchExecuteStatement'],
    'aws-sdk:redshiftdata:describeStatement': ['redshift-data:DescribeStatement'],
  };
  const called = tasks.flatMap(([, { state }]) => {
    const resource = String(state['Resource']).replace('arn:aws:states:::', '');
    return actionsOf[resource] ?? [`no policy known for ${resource}`];
  });

  expect([...new Set(allowed)].sort()).toEqual([...new Set(called)].sort());
});

it('runs the same job with the same settings of S3 on a cluster and on EMR Serverless', () => {
  const parametersOf = (name: string) => machine.States[name]?.['Parameters'] as { readonly [name: string]: unknown };
  const step = JSON.stringify(parametersOf('Transform')['Step']).replaceAll("', '", ' ');
  const jobRun = JSON.stringify(parametersOf('TransformServerless')['JobDriver']).replaceAll("', '", ' ');
  const settingsOf = (text: string) => [...text.matchAll(/spark\.hadoop\.[^=]+=\w+/g)].map(([setting]) => setting);

  expect(settingsOf(step)).toEqual(
    expect.arrayContaining([
      'spark.hadoop.fs.s3.maxConnections=500',
      'spark.hadoop.fs.s3a.threads.max=64',
      // COPY reads whatever lies there.
      'spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs=false',
    ]),
  );
  expect(settingsOf(jobRun)).toEqual(settingsOf(step));
  for (const part of ['--py-files s3://', '/hotpost_job.zip', '/spark-job-emr.py', '--batch', '--data s3://', '--model s3://'])
    expect([part, step.includes(part), jobRun.includes(part)]).toEqual([part, true, true]);
});

it('driver and executor of a step fit together into what YARN has of a machine of 16 GB', () => {
  const step = JSON.stringify(machine.States['Transform']?.['Parameters']);
  const gigabytes = (which: string) => Number(new RegExp(`spark\\.${which}\\.memory=(\\d+)g`).exec(step)?.[1]);
  // EMR gives YARN 12 of an xlarge's 16 GB; a container takes a tenth above what it is asked for, 384 MB at least.
  const containers = ['driver', 'executor'].map((which) => gigabytes(which) + Math.max(0.384, gigabytes(which) / 10));

  expect((containers[0] ?? NaN) + (containers[1] ?? NaN)).toBeLessThan(12);
});

it('a job run has its time before its state times out, and the application its capacity for as many as it admits', () => {
  const state = machine.States['TransformServerless'] as unknown as {
    TimeoutSeconds: number;
    Parameters: { ExecutionTimeoutMinutes: number };
  };
  const application = repositoryTemplate('transform/template.yaml').resources.get('ServerlessApplication')?.properties;
  const { MaxConcurrentRuns: runs, QueueTimeoutMinutes: queue } = application?.['SchedulerConfiguration'] as Record<string, number>;
  const { vcpus, gigabytes } = serverlessWorkers(machine);

  expect(state.TimeoutSeconds).toBeGreaterThanOrEqual((Number(queue) + state.Parameters.ExecutionTimeoutMinutes + 5) * 60);
  expect(application?.['MaximumCapacity']).toMatchObject({ Cpu: `${vcpus * Number(runs)} vCPU`, Memory: `${gigabytes * Number(runs)} GB` });
});

it('a function that is sent events may not be tried again: an event that ran twice would read twice', () => {
  const sent = deployed().functions.filter(({ logicalId }) => ['SearchFunction', 'ExtractFunction'].includes(logicalId));

  expect(sent.map(({ events }) => events)).toEqual([
    { retryAttempts: 0, maxAgeSeconds: 120 },
    { retryAttempts: 0, maxAgeSeconds: 120 },
  ]);
});

function catchers(state: PlacedState['state']): Readonly<Record<string, unknown>>[] {
  return Array.isArray(state['Catch']) ? state['Catch'].filter(isRecord) : [];
}

/** Where a caught error may go: to the message about a failed run and its end; inside a Map to a state that ends the item. */
function endsWell(next: string, containers: readonly PlacedState[]): boolean {
  const target = placed.find(({ name }) => name === next)?.state;
  if (containers.length > 0) return target?.['End'] === true;
  return next === 'NotifyFailure' || target?.Type === 'Fail';
}
