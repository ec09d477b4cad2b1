import type { DeployedStateMachine } from '../../template/application.ts';
import { clientConfiguration, plain, sdkTaskError } from './sdk-client.ts';
import type { TaskDependencies, TaskFunction } from './task-function.ts';

/** A service of the `aws-sdk:` integrations: how errors name it, and which of its actions have a stand-in here. */
interface SdkService {
  readonly errorPrefix: string;
  readonly client: string;
  readonly load: () => Promise<object>;
  readonly actions: readonly string[];
}

const SERVICES: Readonly<Record<string, SdkService>> = {
  redshiftdata: {
    errorPrefix: 'RedshiftData',
    client: 'RedshiftDataClient',
    load: () => import('@aws-sdk/client-redshift-data'),
    actions: ['executeStatement', 'batchExecuteStatement', 'describeStatement', 'getStatementResult', 'cancelStatement'],
  },
  dynamodb: {
    errorPrefix: 'DynamoDb',
    client: 'DynamoDBClient',
    load: () => import('@aws-sdk/client-dynamodb'),
    actions: ['getItem', 'putItem', 'updateItem', 'deleteItem', 'query', 'batchWriteItem'],
  },
  s3: {
    errorPrefix: 'S3',
    client: 'S3Client',
    load: () => import('@aws-sdk/client-s3'),
    actions: ['getObject', 'putObject', 'headObject', 'deleteObject', 'copyObject', 'listObjectsV2'],
  },
};

/** `arn:aws:states:::aws-sdk:<service>:<action>`, by the SDK's own client; undefined for what has no stand-in here. */
export function sdkTask(
  serviceName: string,
  action: string,
): ((machine: DeployedStateMachine, dependencies: TaskDependencies) => TaskFunction) | undefined {
  const service = SERVICES[serviceName];
  if (!service?.actions.includes(action)) return undefined;
  return (machine, dependencies) => async (input, signal) => {
    const sdk = (await service.load()) as Sdk;
    const client = new (sdk[service.client] as ClientClass)(clientConfiguration(machine, dependencies));
    const Command = sdk[`${action.charAt(0).toUpperCase()}${action.slice(1)}Command`] as CommandClass;
    try {
      return plain(await withText(await client.send(new Command(input), { abortSignal: signal })));
    } catch (error) {
      throw sdkTaskError(service.errorPrefix, error, signal);
    } finally {
      client.destroy();
    }
  };
}

// The clients of all services have the same shape, which their packages do not declare.
type Sdk = Readonly<Record<string, unknown>>;
type ClientClass = new (configuration: object) => {
  send(command: unknown, options: { abortSignal: AbortSignal }): Promise<Record<string, unknown>>;
  destroy(): void;
};
type CommandClass = new (input: object) => unknown;

/** An S3 body arrives as a stream; Step Functions gives its text. */
async function withText(answer: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { Body } = answer as { Body?: { transformToString(): Promise<string> } };
  return Body ? { ...answer, Body: await Body.transformToString() } : answer;
}
