import type {
  DeployedApplication,
  DeployedBucket,
  DeployedCustomResource,
  DeployedFunction,
  DeployedSecret,
  DeployedSparkApplication,
  DeployedStateMachine,
  DeployedTable,
  DeployedTopic,
} from './application.ts';
import { createBucket } from './create-bucket.ts';
import { createCustomResource } from './create-custom-resource.ts';
import { createFunction } from './create-function.ts';
import { type GeneratedSecret, createSecret } from './create-secret.ts';
import { createSparkApplication } from './create-spark-application.ts';
import { createStateMachine } from './create-state-machine.ts';
import { createTable } from './create-table.ts';
import { createTopic } from './create-topic.ts';
import type { Created, Creation } from './creation.ts';
import type { SecretValue } from './dynamic-references.ts';
import { createPassive } from './passive-resources.ts';
import { isMap } from './plain-values.ts';
import { type Place, templateError } from './template-error.ts';

type Answering = Omit<Created<unknown>, 'deployed'>;

/** Everything created so far, over all stacks, and the one place that knows which type becomes what. */
export class Deployment {
  readonly functions: DeployedFunction[] = [];
  readonly tables: DeployedTable[] = [];
  readonly buckets: DeployedBucket[] = [];
  readonly stateMachines: DeployedStateMachine[] = [];
  readonly customResources: DeployedCustomResource[] = [];
  readonly secrets: DeployedSecret[] = [];
  readonly topics: DeployedTopic[] = [];
  readonly sparkApplications: DeployedSparkApplication[] = [];
  readonly #taken = new Map<string, Place>();
  readonly #outsideSecret: SecretValue;
  readonly #generatedSecret: GeneratedSecret | undefined;

  constructor(outsideSecret: SecretValue, generatedSecret: GeneratedSecret | undefined) {
    this.#outsideSecret = outsideSecret;
    this.#generatedSecret = generatedSecret;
  }

  create(creation: Creation): Answering {
    const { type } = creation;
    if (type === 'AWS::Serverless::Function') return this.#keep(this.functions, createFunction(creation), creation);
    if (type === 'AWS::Serverless::StateMachine') return this.#keep(this.stateMachines, createStateMachine(creation), creation);
    if (type === 'AWS::DynamoDB::Table') return this.#keep(this.tables, createTable(creation), creation);
    if (type === 'AWS::S3::Bucket') return this.#keep(this.buckets, createBucket(creation), creation);
    if (type === 'AWS::SNS::Topic') return this.#keep(this.topics, createTopic(creation), creation);
    if (type === 'AWS::EMRServerless::Application') return this.#keep(this.sparkApplications, createSparkApplication(creation), creation);
    if (type === 'AWS::SecretsManager::Secret') {
      return this.#keep(this.secrets, createSecret(creation, this.#generatedSecret), creation);
    }
    if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') {
      return this.#keep(this.customResources, createCustomResource(creation), creation);
    }
    return { answers: createPassive(creation) };
  }

  /** A secret of the templates themselves, else one that was there before the deployment. */
  readonly secretValue: SecretValue = (secretId, jsonKey) => {
    const own = this.secrets.find((secret) => secret.arn === secretId || secret.name === secretId);
    if (!own) return this.#outsideSecret(secretId, jsonKey);
    if (jsonKey === undefined) return own.secretString;
    const parsed: unknown = JSON.parse(own.secretString);
    const value = isMap(parsed) && Object.hasOwn(parsed, jsonKey) ? parsed[jsonKey] : undefined;
    if (typeof value !== 'string') throw new Error(`it has no key ${jsonKey}`);
    return value;
  };

  application(outputs: Readonly<Record<string, string>>): DeployedApplication {
    const { functions, tables, buckets, stateMachines, customResources, secrets, topics, sparkApplications } = this;
    return { functions, tables, buckets, stateMachines, customResources, secrets, topics, sparkApplications, outputs };
  }

  /** Physical names are taken once; so are logical ids of functions and machines: they make access keys and name a function on the command line. */
  #keep<Deployed>(list: Deployed[], created: Created<Deployed>, { type, logicalId, place }: Creation): Answering {
    const named = `${type} named ${created.answers.ref}`;
    for (const key of type.startsWith('AWS::Serverless::') ? [`${type} ${logicalId}`, named] : [named]) {
      const other = this.#taken.get(key);
      if (other) throw templateError(place, `${key} is already declared in ${other.template}`);
      this.#taken.set(key, place);
    }
    list.push(created.deployed);
    return created;
  }
}
