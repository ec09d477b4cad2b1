import { Logger } from '@aws-lambda-powertools/logger';
import axios from 'axios';
import type { Context } from 'aws-lambda-types';
import * as z from 'zod';
import { parseEvent } from './parse-event.ts';

const common = {
  ResponseURL: z.url({ protocol: /^https?$/ }),
  StackId: z.string().min(1),
  RequestId: z.string().min(1),
  LogicalResourceId: z.string().min(1),
  ResourceType: z.string().min(1),
  ResourceProperties: z.record(z.string(), z.unknown()).default({}),
};

/** What CloudFormation sends to the function behind a `Custom::…` resource. Unknown fields are let through: AWS adds some. */
export const customResourceEventSchema = z.discriminatedUnion('RequestType', [
  z.looseObject({ ...common, RequestType: z.literal('Create') }),
  z.looseObject({ ...common, RequestType: z.literal('Update'), PhysicalResourceId: z.string().min(1) }),
  z.looseObject({ ...common, RequestType: z.literal('Delete'), PhysicalResourceId: z.string().min(1) }),
]);
export type CustomResourceEvent = z.infer<typeof customResourceEventSchema>;

/** What CloudFormation waits for at ResponseURL. */
export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data: Readonly<Record<string, string | number>>;
}

/** Attributes that `!GetAtt` can read from the resource. */
export type CustomResourceData = CustomResourceAnswer['Data'];

/** CloudFormation refuses an answer above 4 KiB. */
const LONGEST_REASON = 1000;
const ATTEMPTS = 3;

/**
 * Makes the handler of a `Custom::…` resource. Every outcome, an error of `buildDependencies` too, is answered by one HTTP PUT to
 * ResponseURL; the handler itself then ends normally, because Lambda would repeat a failed asynchronous call that was answered already.
 * The physical id never changes, so an Update never makes CloudFormation delete the resource it has just made.
 * @throws InvalidEventError when there is nowhere to answer; the network's error when ResponseURL cannot be reached.
 */
export function customResourceHandler<Dependencies>(
  buildDependencies: () => Dependencies,
  onCreateOrUpdate: (event: CustomResourceEvent, dependencies: Dependencies) => Promise<CustomResourceData>,
  onDelete: (event: CustomResourceEvent, dependencies: Dependencies) => Promise<void>,
): (event: unknown, context: Context) => Promise<void> {
  const logger = new Logger();
  return async (input, context) => {
    logger.addContext(context);
    const event = parseEvent(customResourceEventSchema, input, 'The event is no CloudFormation custom resource request');
    const answer = await outcomeOf(event, async () => {
      const dependencies = buildDependencies();
      if (event.RequestType !== 'Delete') return onCreateOrUpdate(event, dependencies);
      await onDelete(event, dependencies);
      return {};
    });
    if (answer.Status === 'FAILED') logger.error('failed', { request: event.RequestType, reason: answer.Reason });
    else logger.info('done', { request: event.RequestType, ...answer.Data });
    await put(event.ResponseURL, answer);
  };
}

async function outcomeOf(event: CustomResourceEvent, run: () => Promise<CustomResourceData>): Promise<CustomResourceAnswer> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const PhysicalResourceId = event.RequestType === 'Create' ? `${LogicalResourceId}-${RequestId}` : event.PhysicalResourceId;
  const ids = { PhysicalResourceId, StackId, RequestId, LogicalResourceId };
  try {
    return { Status: 'SUCCESS', Reason: 'done', ...ids, Data: await run() };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
    return { Status: 'FAILED', Reason: reason.slice(0, LONGEST_REASON), ...ids, Data: {} };
  }
}

/** The address is signed for an empty content type, so it must stay empty. */
async function put(url: string, answer: CustomResourceAnswer): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await axios.put(url, Buffer.from(JSON.stringify(answer)), { headers: { 'Content-Type': '' }, timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
