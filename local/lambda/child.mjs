/*
 * One execution environment: loads a bundle, then runs one event at a time, as the Node runtime of Lambda does.
 * Plain JavaScript, because stripping types would add 50 ms to every cold start. Messages: environment-messages.ts.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';

// Ctrl-C reaches the whole process group; the parent decides when this process ends. A dead parent ends it, too.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));

// The runtime of Lambda answers with the error, then leaves the process; these are its exit statuses.
process.on('uncaughtException', (error) => fail(describe(error), 129));
process.on('unhandledRejection', (reason) =>
  fail({ ...describe(reason), errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: String(reason) }, 128),
);

process.once('message', async (start) => {
  let handler;
  try {
    handler = await loadHandler(start);
  } catch (error) {
    return fail(describe(error), 1);
  }
  process.on('message', (invocation) => run(handler, start, invocation));
  process.send({ kind: 'ready' });
});

async function loadHandler({ bundle, handler }) {
  const exportName = handler.slice(handler.lastIndexOf('.') + 1);
  let exported;
  try {
    exported = bundle.endsWith('.mjs') ? await import(pathToFileURL(bundle).href) : createRequire(bundle)(bundle);
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    if (error?.code === 'MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', `Error: ${error.message}`);
    throw error;
  }
  const found = exported[exportName];
  if (found === undefined) throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

async function run(handler, start, invocation) {
  applyEnvironment(invocation.environment);
  let answer;
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(start, invocation));
    answer = { kind: 'result', payload: JSON.stringify(result === undefined ? null : result) ?? 'null' };
  } catch (error) {
    answer = { kind: 'error', error: describe(error) };
  }
  process.send({ ...answer, maxMemoryMegabytes: maxMemoryMegabytes() });
}

const applied = new Set();

/** Variables that may change from one event to the next, such as the clock's offset. */
function applyEnvironment(environment) {
  for (const name of applied) if (!(name in environment)) delete process.env[name];
  for (const [name, value] of Object.entries(environment)) {
    process.env[name] = value;
    applied.add(name);
  }
}

function contextOf({ functionName, functionArn, memoryMegabytes, logGroup, logStream }, { requestId, deadline }) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: logGroup,
    logStreamName: logStream,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function describe(error) {
  if (types.isNativeError(error) || error instanceof Error)
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function named(name, message) {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}`;
  return error;
}

/** Says why, then leaves. */
function fail(error, status) {
  if (!process.connected) process.exit(status);
  process.send({ kind: 'fatal', error, maxMemoryMegabytes: maxMemoryMegabytes() }, () => process.exit(status));
}

function maxMemoryMegabytes() {
  return Math.ceil(process.resourceUsage().maxRSS / 1024);
}
