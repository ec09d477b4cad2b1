import { devNull } from 'node:os';
import { dirname } from 'node:path';
import type { DeployedFunction } from '../template/application.ts';

export interface LambdaPlace {
  readonly endpointUrl: string;
  readonly region: string;
  readonly secretAccessKey: string;
}

/**
 * The whole environment of a function's process: what Lambda sets, what the template says, and nothing of ours, so that a
 * variable that the template forgot is missing here as it would be there.
 */
export function environmentOf(deployed: DeployedFunction, bundle: string, place: LambdaPlace): Record<string, string> {
  return {
    ...deployed.environment,
    ...sourceMapOption(deployed),
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ENDPOINT_URL: place.endpointUrl,
    AWS_ACCESS_KEY_ID: deployed.accessKeyId,
    AWS_SECRET_ACCESS_KEY: place.secretAccessKey,
    // The SDK finds the home directory without HOME, too: keep the user's own AWS settings out of the run.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(deployed),
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: dirname(bundle),
    _HANDLER: deployed.handler,
  };
}

export function logGroupOf(deployed: DeployedFunction): string {
  return `/aws/lambda/${deployed.name}`;
}

/** `sam build` adds this by itself to a function with source maps. */
function sourceMapOption({ buildProperties, environment }: DeployedFunction): Record<string, string> {
  const given = environment['NODE_OPTIONS'];
  if (!buildProperties['Sourcemap'] || given?.includes('--enable-source-maps')) return {};
  return { NODE_OPTIONS: [given, '--enable-source-maps'].filter(Boolean).join(' ') };
}
