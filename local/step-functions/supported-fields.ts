/*
 * What aws-local-stepfunctions 3.0.0 really does. It ignores every other field silently (QueryLanguage, Assign, Arguments, Output,
 * ItemReader, HeartbeatSeconds, Credentials, …), so any other field is refused.
 */
const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End'];
const INPUT_OUTPUT = ['InputPath', 'OutputPath'];
const RESULT = ['ResultSelector', 'ResultPath'];
const ERRORS = ['Retry', 'Catch'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource', 'Parameters', 'TimeoutSeconds', ...FLOW, ...INPUT_OUTPUT, ...RESULT, ...ERRORS],
  Map: [
    'ItemsPath',
    'ItemSelector',
    'Parameters',
    'ItemProcessor',
    'Iterator',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    ...FLOW,
    ...INPUT_OUTPUT,
    ...RESULT,
    ...ERRORS,
  ],
  Parallel: ['Branches', 'Parameters', ...FLOW, ...INPUT_OUTPUT, ...RESULT, ...ERRORS],
  Pass: ['Result', 'Parameters', 'ResultPath', ...FLOW, ...INPUT_OUTPUT],
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', ...FLOW, ...INPUT_OUTPUT],
  Choice: ['Choices', 'Default', ...INPUT_OUTPUT],
  Succeed: INPUT_OUTPUT,
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
};
const MACHINE = ['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage', 'ProcessorConfig'];
const RETRIER = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];
const CATCHER = ['ErrorEquals', 'Next', 'ResultPath', 'Comment'];

export const unsupportedFields = {
  ofState: (type: string, fields: object) => others(fields, [...COMMON, ...(FIELDS[type] ?? [])]),
  ofMachine: (fields: object) => others(fields, MACHINE),
  ofRetrier: (fields: object) => others(fields, RETRIER),
  ofCatcher: (fields: object) => others(fields, CATCHER),
};

function others(fields: object, known: readonly string[]): string[] {
  return Object.keys(fields).filter((field) => !known.includes(field));
}
