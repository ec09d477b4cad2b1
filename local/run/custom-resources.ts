import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { LambdaRunner } from '../lambda/runner.ts';
import type { DeployedCustomResource } from '../template/application.ts';
import { UserError } from './user-error.ts';

const answerSchema = z.looseObject({ Status: z.enum(['SUCCESS', 'FAILED']), Reason: z.string().default('') });

/** Takes what custom resources answer to CloudFormation. */
export interface CustomResourceAnswers {
  /** A ResponseURL for one event. */
  newUrl(): string;
  at(url: string): z.infer<typeof answerSchema> | undefined;
  close(): void;
}

/**
 * Creates the custom resources as CloudFormation does: each function gets a Create event and answers at a ResponseURL.
 * A later start creates them again, because every start may bring changed code.
 * @throws UserError with the reason of the first one that fails.
 */
export async function createCustomResources(resources: readonly DeployedCustomResource[], runner: LambdaRunner): Promise<void> {
  const answers = await openAnswers();
  try {
    for (const resource of resources) {
      const url = answers.newUrl();
      const result = await runner.invoke(resource.functionArn, createEvent(resource, url));
      const answer = answers.at(url);
      const reason = 'functionError' in result ? result.payload.errorMessage : (answer?.Reason ?? 'it did not answer CloudFormation');
      if (answer?.Status !== 'SUCCESS') throw new UserError(`Custom resource ${resource.logicalId} could not be created: ${reason}`);
    }
  } finally {
    answers.close();
  }
}

export async function openAnswers(): Promise<CustomResourceAnswers> {
  const answers = new Map<string, z.infer<typeof answerSchema>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answers.set(request.url ?? '', answerSchema.parse(JSON.parse(Buffer.concat(chunks).toString())));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    newUrl: () => `${base}/${randomUUID()}`,
    at: (url) => answers.get(new URL(url).pathname),
    close: () => server.close(),
  };
}

function createEvent(resource: DeployedCustomResource, responseUrl: string) {
  return {
    RequestType: 'Create',
    ResponseURL: responseUrl,
    StackId: 'arn:aws:cloudformation:ap-northeast-2:000000000000:stack/de3-team-project/local',
    RequestId: randomUUID(),
    LogicalResourceId: resource.logicalId,
    ResourceType: `Custom::${resource.logicalId}`,
    ResourceProperties: resource.properties,
  };
}
