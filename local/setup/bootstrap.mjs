// The first thing that `npm start` and `npm test` run, on whatever Node the user has (20 or newer), before anything is
// installed: so it imports nothing but Node itself. It sets up what is missing and then runs the project's own Node 24
// by its path (a shell would remember the first `node` it found).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, createWriteStream } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hotpost');
const ownNode = join(root, 'node_modules', 'node', 'bin', 'node');
const nodeModulesStamp = join(root, 'node_modules', '.hotpost-installed');
const [command, ...rest] = process.argv.slice(2);
const programs = {
  start: { main: join(root, 'local', 'cli.ts'), environments: ['sail'] },
  test: { main: join(root, 'tests', 'run-tests.ts'), environments: ['sail', 'spark', 'sam', 'deploy'] },
  // A file of the project, as the scripts of package.json name it.
  tool: { main: join(root, command === 'tool' ? (rest.shift() ?? '') : ''), environments: [] },
  // One that runs the job.
  'engine-tool': { main: join(root, command === 'engine-tool' ? (rest.shift() ?? '') : ''), environments: ['sail', 'spark'] },
};
/** What the user typed, for sentences that say what to run again. */
const typed = command?.endsWith('tool') ? `npm run ${process.env.npm_lifecycle_event}` : `npm ${command}`;
const UNREACHED =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|NameResolutionError|Name or service not known|Failed to establish a new connection|Could not find a version/i;
const PROBE =
  'import sys, importlib.util as u; print(sys.version_info[0], sys.version_info[1], bool(u.find_spec("venv") and u.find_spec("ensurepip")))';
const steps = new Set(); // The steps of the set-up that run.
let programProcess; // Runs after the set-up.
let stopped; // The exit status, once something stopped the set-up.

/** A failure told in one sentence that names the remedy. */
class SetupError extends Error {}

try {
  watchParent();
  const program = programs[command];
  if (!program) throw new SetupError(`Unknown command "${command}". Run npm start or npm test.`);
  if (command === 'start' && rest.includes('--engine') && rest.includes('spark')) program.environments.push('spark');
  const python = await setUp(program.environments);
  process.exitCode = await runProgram(program.main, python);
} catch (error) {
  if (stopped) console.error(`\nSet-up was stopped. The next ${typed} goes on with it.`);
  else console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = stopped ?? 1;
}

/** Installs what is missing or outdated. Returns the interpreters by environment name, `system` among them. */
async function setUp(environments) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new SetupError(`Node ${process.versions.node} is too old. Install Node 20 or newer, then run ${typed} again.`);
  const system = findPython();
  const pythons = environments.map((name) => pythonEnvironment(name, system));
  const missing = [
    ...(nodeModulesAreCurrent() ? [] : [{ label: 'Node packages', install: installNodeModules }]),
    ...pythons.filter((env) => !env.current),
  ];
  if (missing.length > 0) {
    console.log(`Setting up (only when something changed): ${missing.map((step) => step.label).join(', ')}`);
    const release = await lockSetup();
    try {
      await Promise.all(missing.map(report));
    } finally {
      stopSteps();
      release();
    }
  }
  return { system: system.name, ...Object.fromEntries(pythons.map((env) => [env.name, env.interpreter])) };
}

async function report(step) {
  const startedAt = Date.now();
  await step.install();
  console.log(`  ${step.label}: done in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

// ---- Node packages

function lockHash() {
  return hashOf(readFileSync(join(root, 'package-lock.json')), `${process.platform}-${process.arch}`);
}

function nodeModulesAreCurrent() {
  return existsSync(ownNode) && existsSync(nodeModulesStamp) && readFileSync(nodeModulesStamp, 'utf8') === lockHash();
}

async function installNodeModules() {
  if (process.env.npm_config_ignore_scripts === 'true')
    throw new SetupError(
      `npm is set to ignore-scripts=true, but the project's own Node 24 comes by an install script. Run it once with: npm_config_ignore_scripts=false ${typed}`,
    );
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  await run('npm ci', [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!existsSync(ownNode))
    throw new SetupError(`npm ci did not bring the project's Node 24. Allow install scripts of the package "node" and run ${typed} again.`);
  writeFileSync(nodeModulesStamp, lockHash());
}

// ---- Python environments

/** The first Python from 3.10 to 3.14 that can make environments. */
function findPython() {
  const named = process.env.HOTPOST_PYTHON
    ? [process.env.HOTPOST_PYTHON]
    : ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  let withoutVenv;
  for (const name of named) {
    const asked = spawnSync(name, ['-c', PROBE], { encoding: 'utf8' });
    if (asked.status !== 0) continue;
    const [major, minor, venv] = asked.stdout.trim().split(' ');
    if (major !== '3' || Number(minor) < 10 || Number(minor) > 14) continue;
    if (venv === 'True') return { name, version: `${major}.${minor}` };
    withoutVenv ??= `${name} (${major}.${minor})`;
  }
  if (withoutVenv)
    throw new SetupError(
      `${withoutVenv} has no venv module. Install it (Debian, Ubuntu: apt install python3-venv), then run ${typed} again.`,
    );
  throw new SetupError(
    `No Python 3.10 to 3.14 was found as ${named.join(', ')}. Install one, or name it: HOTPOST_PYTHON=/path/to/python3 ${typed}`,
  );
}

/** A virtual environment by the hash of what it holds, so that another checkout with the same pins shares it. */
function pythonEnvironment(name, python) {
  const requirements = join(root, 'local', 'setup', 'python', `${name}.txt`);
  const folder = join(cache, hashOf(readFileSync(requirements), python.version), name);
  const stamp = join(folder, '.complete');
  const interpreter = join(folder, 'bin', 'python');
  const install = async () => {
    rmSync(folder, { recursive: true, force: true });
    await run(`python -m venv (${name})`, [python.name, '-m', 'venv', folder]);
    // The list is complete and hashed, so pip has nothing to resolve.
    const pip = '-m pip install --quiet --no-deps --require-hashes --disable-pip-version-check --no-input -r'.split(' ');
    await run(`pip install (${name})`, [interpreter, ...pip, requirements]);
    writeFileSync(stamp, '');
  };
  return { name, label: `Python environment "${name}"`, interpreter, current: existsSync(stamp), install };
}

// ---- Processes

/** Runs a quiet step; its output goes to a file. @throws SetupError with the likely cause and the remedy. */
function run(label, [file, ...args]) {
  mkdirSync(cache, { recursive: true });
  const log = join(cache, `${label.replaceAll(/[^a-z0-9]+/gi, '-')}.log`);
  const sink = createWriteStream(log);
  // A process group of its own, so that its install scripts end with it.
  const child = spawn(file, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  steps.add(child);
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      tail = (tail + chunk).slice(-8000);
      sink.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(`${label} could not be started: ${error.message}`)));
    child.on('close', (code) => {
      steps.delete(child);
      sink.end();
      if (code === 0) resolve();
      else reject(new SetupError(explain(label, tail, log)));
    });
  });
}

function explain(label, output, log) {
  if (UNREACHED.test(output))
    return `${label}: the package registry was not reached. Connect this machine to the network and run ${typed} again; what is installed already is kept. (Log: ${log})`;
  if (/ENOSPC|No space left/i.test(output))
    return `${label}: no space left on the disk. Free about 3 GB and run ${typed} again. (Log: ${log})`;
  const lines = output.trim().split('\n');
  const line = lines.findLast((text) => /error/i.test(text)) ?? lines.at(-1);
  return `${label} failed: ${line?.trim()} (Log: ${log})`;
}

/** One set-up at a time; a lock of a process that is gone is taken over. Returns the release. */
async function lockSetup() {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, 'setup.lock');
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new SetupError(`${cache} cannot be written (${error.code}). Set XDG_CACHE_HOME to a folder that can.`);
    }
    const holder = Number(readFileSync(file, 'utf8'));
    if (!isAlive(holder)) rmSync(file, { force: true });
    else if (!told) console.log(`Another set-up runs (process ${holder}); waiting for it`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs the program on the project's Node. The channel tells it when this process is gone. Returns its exit status. */
function runProgram(main, pythons) {
  const env = { ...process.env, HOTPOST_PYTHONS: JSON.stringify(pythons), PATH: `${dirname(ownNode)}:${process.env.PATH ?? ''}` };
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  programProcess = spawn(ownNode, ['--disable-warning=ExperimentalWarning', main, ...rest], { cwd: root, env, stdio });
  return new Promise((resolve) => {
    programProcess.on('error', (error) => {
      console.error(`The project's Node could not be started: ${error.message}. Delete node_modules and run ${typed} again.`);
      resolve(1);
    });
    programProcess.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 137)));
  });
}

/** Ends with the terminal or with npm: a signal is handed on, and a lost parent counts as one. */
function watchParent() {
  const parent = process.ppid;
  const stop = (status) => {
    if (programProcess) return programProcess.kill('SIGTERM');
    stopped ??= status;
    if (steps.size === 0) process.exit(status);
    stopSteps();
  };
  // Ctrl-C reaches the program too, which ends by itself, and this process after it.
  process.on('SIGINT', () => programProcess ?? stop(130));
  process.on('SIGTERM', () => stop(143));
  setInterval(() => process.ppid !== parent && stop(129), 1000).unref();
}

/** At once: npm would first take back what it did, and every step begins anew anyway. */
function stopSteps() {
  for (const { pid } of steps) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

function hashOf(...parts) {
  return createHash('sha256').update(parts.join('')).digest('hex').slice(0, 16);
}
