import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployedFunction } from '../template/application.ts';
import { bundleFunctions } from './bundle.ts';
import { lambdaRunner, type LambdaRunner, type LambdaRunnerOptions } from './runner.ts';

export interface LambdaFixture {
  readonly directory: string;
  /** Writes `<logicalId>/handler.ts` and describes it as a template would. */
  define(logicalId: string, source: string, overrides?: Partial<DeployedFunction>): DeployedFunction;
  /** Bundles all that is defined and starts a runner on it. */
  start(options?: Partial<LambdaRunnerOptions>): Promise<LambdaRunner>;
  logOf(deployed: DeployedFunction): string;
  remove(): Promise<void>;
}

/** Functions in a temporary project without any package. */
export function lambdaFixture(): LambdaFixture {
  const directory = mkdtempSync(join(tmpdir(), 'hotpost-lambda-'));
  writeFileSync(join(directory, 'package-lock.json'), '{"packages":{}}');
  const functions: DeployedFunction[] = [];
  const runners: LambdaRunner[] = [];
  return {
    directory,
    define(logicalId, source, overrides = {}) {
      const entryPoint = join(directory, logicalId, 'handler.ts');
      mkdirSync(join(directory, logicalId), { recursive: true });
      writeFileSync(entryPoint, source);
      const deployed: DeployedFunction = {
        logicalId,
        template: 'stage/template.yaml',
        name: logicalId.toLowerCase(),
        arn: `arn:aws:lambda:ap-northeast-2:000000000000:function:${logicalId.toLowerCase()}`,
        roleArn: `arn:aws:iam::000000000000:role/${logicalId}`,
        accessKeyId: `KEY${logicalId.toUpperCase()}`,
        handler: 'handler.handler',
        entryPoint,
        buildProperties: { Target: 'es2023', Minify: true, KeepNames: true, Sourcemap: true, MainFields: 'module,main' },
        environment: {},
        timeoutSeconds: 10,
        memoryMegabytes: 128,
        events: { retryAttempts: 0, maxAgeSeconds: 60 },
        ...overrides,
      };
      functions.push(deployed);
      return deployed;
    },
    async start(options = {}) {
      const bundleOf = await bundleFunctions({ functions, outDirectory: join(directory, 'out'), projectDirectory: directory });
      const runner = lambdaRunner({
        functions,
        bundleOf,
        endpointUrl: 'http://127.0.0.1:9',
        region: 'ap-northeast-2',
        secretAccessKey: 'local',
        logDirectory: join(directory, 'log'),
        extraEnvironment: () => ({}),
        ...options,
      });
      runners.push(runner);
      return runner;
    },
    logOf: ({ name }) => readFileSync(join(directory, 'log', `${name}.log`), 'utf8'),
    async remove() {
      await Promise.all(runners.map((runner) => runner.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
