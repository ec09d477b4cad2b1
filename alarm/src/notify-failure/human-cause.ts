import * as z from 'zod';
import { shortened } from '../slack/blocks.ts';

const jobRunSchema = z.looseObject({ JobRunId: z.string(), State: z.string(), StateDetails: z.string().default('') });

function jobRunText({ JobRunId, State, StateDetails }: z.infer<typeof jobRunSchema>): string {
  return `EMR job run ${JobRunId}: ${StateDetails || `${State} without a reason`}`;
}

/** A Lambda's error, an EMR step or a job run of EMR Serverless as `.sync` reports them, or anything else with a message. */
const knownCauseSchema = z.union([
  z.looseObject({ errorMessage: z.string() }).transform((cause) => cause.errorMessage),
  z
    .looseObject({
      Step: z.looseObject({
        Id: z.string().optional(),
        Status: z.looseObject({
          FailureDetails: z
            .looseObject({ Reason: z.string().optional(), Message: z.string().optional(), LogFile: z.string().optional() })
            .optional(),
          StateChangeReason: z.looseObject({ Message: z.string().optional() }).optional(),
        }),
      }),
    })
    .transform(({ Step: { Id, Status } }) => {
      const details = Status.FailureDetails;
      const words = [details?.Reason, details?.Message ?? Status.StateChangeReason?.Message, details?.LogFile && `log: ${details.LogFile}`];
      return `EMR step ${Id ?? ''}: ${words.filter(Boolean).join('; ') || 'failed without a reason'}`;
    }),
  // Bare or wrapped: what Step Functions gives of a job run is documented nowhere that we found.
  jobRunSchema.transform(jobRunText),
  z.looseObject({ JobRun: jobRunSchema }).transform(({ JobRun }) => jobRunText(JobRun)),
]);

/** What may stand in front of a person and in the execution's history. */
export interface HumanFailure {
  readonly state: string;
  readonly error: string;
  readonly cause: string;
}

/**
 * The failure in words: the message inside what Step Functions caught, without secrets.
 * `cause` at most 1,000 characters, `state` and `error` 200.
 */
export function humanFailure(errors: Readonly<Record<string, { readonly Error: string; readonly Cause: string }>>): HumanFailure {
  const [state, caught] = Object.entries(errors)[0] ?? ['unknown', { Error: 'unknown', Cause: '' }];
  return {
    state: shortened(withoutSecrets(state), 200),
    error: shortened(withoutSecrets(caught.Error), 200),
    cause: shortened(withoutSecrets(messageIn(caught.Cause)), 1000),
  };
}

/** A quality gate of the load fails by casting its sentence to a number (load/sql/gates): only the sentence is for people. */
const GATE = /quality gate: [^'"\n]+/;

function messageIn(cause: string): string {
  const known = knownCauseSchema.safeParse(parseJson(cause));
  return GATE.exec(cause)?.[0] ?? (known.success ? known.data : cause);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Webhook addresses, secret references, AWS keys and passwords do not belong into a message, whoever put them into an error. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\{\{resolve:[^}]*\}{0,2}/g, '{{resolve:…}}')
    .replace(/\bhttps?:\/\/hooks\.[^\s"'<>]+/gi, '(webhook)')
    .replace(/(?:https?:\/\/[^\s/"'<>]+)?\/(?:services|workflows|triggers)\/[A-Za-z0-9_/-]+/g, '(webhook)')
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '(access key)')
    .replace(/\bxox[a-z]-[A-Za-z0-9-]+/g, '(token)')
    .replace(/(\w+:\/\/[^\s:/@]+:)[^\s@/]+@/g, '$1…@')
    .replace(
      /((?:password|passwd|pwd|secret|token|authorization|signature|credential)["']?\s*[:=]\s*["']?)(?:Bearer\s+|Basic\s+)?[^\s"',;&}]+/gi,
      '$1…',
    );
}
