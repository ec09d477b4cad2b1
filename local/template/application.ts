import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** A function as the templates describe it, every intrinsic resolved. */
export interface DeployedFunction {
  readonly logicalId: string;
  /** The template that declares it, relative to the repository: `extract/template.yaml`. */
  readonly template: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** The local access key that stands for this function's role. */
  readonly accessKeyId: string;
  /** `handler.handler`: file and export inside the bundle. */
  readonly handler: string;
  /** Absolute path of the one entry point. */
  readonly entryPoint: string;
  /** Metadata.BuildProperties as written, without EntryPoints. */
  readonly buildProperties: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** What Lambda does with an event (InvocationType Event) that fails, or for which there is no room. */
  readonly events: { readonly retryAttempts: number; readonly maxAgeSeconds: number };
}

export interface DeployedTable {
  readonly logicalId: string;
  readonly name: string;
  readonly input: CreateTableCommandInput;
}

export interface DeployedBucket {
  readonly logicalId: string;
  readonly name: string;
}

export interface DeployedStateMachine {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly accessKeyId: string;
  /** The definition file with its substitutions filled in, parsed. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** A Custom::… resource: CloudFormation would invoke its function with a Create event. */
export interface DeployedCustomResource {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface DeployedSecret {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The generated SecretString. */
  readonly secretString: string;
}

export interface DeployedTopic {
  readonly logicalId: string;
  readonly arn: string;
}

/** A serverless application of EMR. */
export interface DeployedSparkApplication {
  readonly logicalId: string;
  readonly id: string;
  readonly releaseLabel: string;
}

/** The whole nested application, in the order in which CloudFormation could create it. */
export interface DeployedApplication {
  readonly functions: readonly DeployedFunction[];
  readonly tables: readonly DeployedTable[];
  readonly buckets: readonly DeployedBucket[];
  readonly stateMachines: readonly DeployedStateMachine[];
  readonly customResources: readonly DeployedCustomResource[];
  readonly secrets: readonly DeployedSecret[];
  readonly topics: readonly DeployedTopic[];
  readonly sparkApplications: readonly DeployedSparkApplication[];
  /** Outputs of the root template. */
  readonly outputs: Readonly<Record<string, string>>;
}
