import { join } from 'node:path';
import { secretsService } from '../endpoint/secrets-service.ts';
import type { JsonService } from '../endpoint/service.ts';
import { bundleFunctions } from '../lambda/bundle.ts';
import type { DeployedApplication, DeployedFunction } from '../template/application.ts';
import { resolveApplication } from '../template/resolve-application.ts';
import { ACCOUNT, REGION } from './account.ts';
import { repository, type Directories } from './directories.ts';
import { localParameters } from './local-parameters.ts';
import { localSecrets } from './local-secrets.ts';

export interface Deployment {
  readonly application: DeployedApplication;
  /** Absolute path of a function's bundle. */
  readonly bundleOf: (deployed: DeployedFunction) => string;
  readonly secrets: JsonService;
}

export interface DeployRequest {
  readonly directories: Directories;
  readonly rootTemplate?: string | undefined;
  /** `.aws-sam/build`, to run what SAM built. */
  readonly artefacts?: string | undefined;
  /** Where sites are read from, by name; a site that is not here, from its own address. */
  readonly siteBaseUrls: Readonly<Record<string, string>>;
  /** Template parameters that are others than in local/parameters.json. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly slackOrigin: string;
  /** The address of a webhook of the sink. */
  readonly webhookUrl: (name: string) => string;
}

/**
 * Registers the secrets, reads the templates as CloudFormation would, and bundles the functions as `sam build` would.
 * @throws TemplateError, or Error of a sentence a function that cannot be bundled.
 */
export async function deployApplication(request: DeployRequest): Promise<Deployment> {
  const { directories, rootTemplate, artefacts, siteBaseUrls, slackOrigin, webhookUrl } = request;
  const store = secretsService({ file: directories.secrets, region: REGION, accountId: ACCOUNT });
  const secrets = await localSecrets(store, webhookUrl);
  const application = resolveApplication({
    rootTemplate: rootTemplate ?? join(repository, 'template.yaml'),
    parameters: { ...localParameters({ siteBaseUrls: JSON.stringify(siteBaseUrls), slackOrigin }), ...request.parameters },
    stackName: 'de3-team-project',
    region: REGION,
    accountId: ACCOUNT,
    secretValue: (secretId, jsonKey) => secrets.value(secretId, jsonKey),
    generatedSecret: (name) => secrets.generated(name),
  });
  await secrets.register(application.secrets);
  const { functions } = application;
  const bundleOf = artefacts
    ? (deployed: DeployedFunction) => artefactOf(artefacts, deployed)
    : await bundleFunctions({ functions, outDirectory: directories.bundles, projectDirectory: repository });
  return { application, bundleOf, secrets: store };
}

/** Where `sam build` puts a function: `.aws-sam/build/Extract/PlanFunction/handler.js`. A nested application is named after its stage. */
export function artefactOf(artefacts: string, { template, logicalId }: DeployedFunction): string {
  const stage = template.split('/')[0] ?? '';
  return join(artefacts, `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`, logicalId, 'handler.js');
}
