import { dirname, resolve } from 'node:path';
import type { DeployedApplication } from './application.ts';
import type { GeneratedSecret } from './create-secret.ts';
import { Deployment } from './deployment.ts';
import type { SecretValue } from './dynamic-references.ts';
import { resolveStack } from './resolve-stack.ts';

export interface ApplicationRequest {
  /** Path of the root template; its folder is the repository that messages are relative to. */
  readonly rootTemplate: string;
  /**
   * Values of the root template's parameters. `Extract/SiteBaseUrls` sets a parameter of the nested application Extract
   * that the root does not pass.
   */
  readonly parameters: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly secretValue: SecretValue;
  /** The password of an AWS::SecretsManager::Secret by the secret's name; random at every call when absent. */
  readonly generatedSecret?: GeneratedSecret;
}

/**
 * Reads the templates as CloudFormation would and says what it would create, every intrinsic and secret reference resolved.
 * @throws TemplateError, one sentence that names template, resource and the thing, for whatever could not be deployed or
 * is not known to the laptop run.
 */
export function resolveApplication(request: ApplicationRequest): DeployedApplication {
  const { stackName, parameters, region, accountId } = request;
  const templatePath = resolve(request.rootTemplate);
  const deployment = new Deployment(request.secretValue, request.generatedSecret);
  const repository = dirname(templatePath);
  const outputs = resolveStack({ templatePath, repository, stackName, parameters, account: { region, accountId } }, deployment);
  return deployment.application(outputs);
}
