import { deployed, deployedWith } from './repository-templates.ts';

it('the templates resolve to one application', () => {
  const application = deployed();

  expect(application.functions.length).toBeGreaterThanOrEqual(9);
  expect(application.tables.map(({ logicalId }) => logicalId).sort()).toEqual(['AlertStateTable', 'CrawlStateTable']);
  expect(application.buckets.map(({ logicalId }) => logicalId).sort()).toEqual(['AssetsBucket', 'DataBucket']);
  expect(application.customResources.map(({ logicalId }) => logicalId).sort()).toEqual([
    'Assets',
    'Migrate',
    'RemoveCluster',
    'RemoveDataBucket',
    'WarehouseUser',
    'WarehouseUser',
  ]);
  expect(application.stateMachines.map(({ logicalId }) => logicalId)).toEqual(['PipelineStateMachine']);
  expect(JSON.stringify(application)).not.toMatch(/\{\{resolve:|\$\{|"Fn::|"Ref"/);
});

it('gives each function and the state machine a key of its own', () => {
  const { functions, stateMachines } = deployed();
  const keys = [...functions, ...stateMachines].map(({ accessKeyId }) => accessKeyId);

  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[A-Z0-9]{16,128}$/);
});

it('keeps secrets out of every environment but those that need one', () => {
  const secret = (text: string) => text.includes('#') || text.startsWith('generated for');
  const holders = deployed().functions.flatMap(({ logicalId, environment }) =>
    Object.entries(environment).flatMap(([name, value]) => (secret(value) ? [`${logicalId}.${name}`] : [])),
  );

  expect(holders.sort()).toEqual([
    'AlarmFunction.SLACK_WEBHOOK_URL',
    'ExtractFunction.AUTHOR_HASH_KEY',
    'NotifyFailureFunction.SLACK_WEBHOOK_URL',
    'ReparseFunction.AUTHOR_HASH_KEY',
    'SearchFunction.AUTHOR_HASH_KEY',
  ]);
});

describe('the settings of a run', () => {
  const VARIABLES = [
    'KEYWORD_SET_NAME',
    'ENVIRONMENT',
    'INVOCATION',
    'SEARCH_FUNCTIONS',
    'DETAIL_FUNCTIONS',
    'DETAIL_BATCH_SIZE',
    'MAX_CONCURRENCY',
  ];
  const settingsWith = (parameters: Record<string, string>) => {
    const { functions } = deployed(undefined, parameters);
    const environment = functions.find(({ logicalId }) => logicalId === 'StartFunction')?.environment ?? {};
    return VARIABLES.map((name) => environment[name]);
  };

  it("are the deployment's, with this stack's own functions by name", () => {
    const { functions } = deployed();
    const nameOf = (id: string) => functions.find(({ logicalId }) => logicalId === id)?.name;

    expect(settingsWith({})).toEqual(['default', 'PROD', 'sync', nameOf('SearchFunction'), nameOf('ExtractFunction'), '10', '16']);
  });

  it('are what its parameters say', () => {
    const arns = [1, 2].map((number) => `arn:aws:lambda:ap-northeast-2:000000000000:function:read-${number}`).join(',');
    const parameters = {
      'Workflow/KeywordSetName': 'ev',
      'Workflow/Environment': 'DEV',
      'Workflow/Invocation': 'async',
      'Workflow/SearchFunctions': arns,
      'Workflow/DetailFunctions': arns,
      'Workflow/DetailBatchSize': '100',
      'Workflow/MaxConcurrency': '40',
    };

    expect(settingsWith(parameters)).toEqual(['ev', 'DEV', 'async', arns, arns, '100', '40']);
  });

  it.each([
    ['DetailBatchSize', '0'],
    ['DetailBatchSize', '101'],
    ['MaxConcurrency', '41'],
    ['Invocation', 'later'],
    ['Environment', 'TEST'],
  ])('refuse %s %s', (name, value) => {
    expect(() => settingsWith({ [`Workflow/${name}`]: value })).toThrow(`Parameters.${name}: "${value}" is not allowed`);
  });
});

describe('a mistake in a copy of the templates fails, named', () => {
  it.each([
    [
      'an output renamed',
      'extract/template.yaml',
      '  PlanFunctionArn: {',
      '  PlannerArn: {',
      'template.yaml: Workflow: asks for Extract.Outputs.PlanFunctionArn',
    ],
    [
      'a parameter renamed',
      'alarm/template.yaml',
      'SlackSecretName',
      'SlackSecret',
      'alarm/template.yaml: Parameters: does not declare SlackSecretName',
    ],
    [
      'a substitution renamed',
      'workflow/template.yaml',
      '        ModelPath: !Ref',
      '        Model: !Ref',
      'workflow/template.yaml: PipelineStateMachine: pipeline.asl.json uses ${ModelPath}',
    ],
    [
      'a placeholder gone',
      'workflow/pipeline.asl.json',
      '${ModelPath}',
      'model.json',
      'workflow/template.yaml: PipelineStateMachine: DefinitionSubstitutions gives ModelPath',
    ],
    [
      'a resource renamed',
      'extract/template.yaml',
      '  CrawlStateTable:\n',
      '  CrawlTable:\n',
      'extract/template.yaml: RemoveBucketFunction: refers to CrawlStateTable',
    ],
    [
      'an entry point moved',
      'load/template.yaml',
      'load/src/migrate/handler.ts',
      'load/src/migration/handler.ts',
      'load/template.yaml: MigrateFunction: its entry point load/src/migration/handler.ts does not exist',
    ],
    ['a template moved', 'template.yaml', 'load/template.yaml', 'loading/template.yaml', 'loading/template.yaml: file: cannot be read'],
  ])('%s', (_what, file, before, after, message) => {
    expect(() => deployedWith(file, before, after)).toThrow(message);
  });

  it('an environment name renamed reaches the function, which names it when it starts', () => {
    const { functions } = deployedWith('extract/template.yaml', '          RUN_REQUEST_BUDGET:', '          REQUEST_BUDGET:');
    const plan = functions.find(({ logicalId }) => logicalId === 'PlanFunction');

    expect(plan?.environment).toHaveProperty('REQUEST_BUDGET', '1500');
    expect(plan?.environment).not.toHaveProperty('RUN_REQUEST_BUDGET');
  });
});
