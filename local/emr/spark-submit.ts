/** What a step's `spark-submit …` arguments, or a job run of EMR Serverless, ask for. */
export interface SparkSubmit {
  /** `s3://…/spark-job-emr.py` */
  readonly script: string;
  /** Archives of `--py-files`. */
  readonly pythonFiles: readonly string[];
  /** `--conf spark.yarn.appMasterEnv.X=v`, `spark.emr-serverless.driverEnv.X=v` on EMR Serverless: the driver's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What follows the script, for the script. */
  readonly arguments: readonly string[];
}

/** spark-submit's options that take a value (Spark 3.5). All but --py-files and --conf concern a cluster that a laptop does not have. */
const OPTIONS_WITH_VALUE = new Set([
  '--archives',
  '--class',
  '--conf',
  '--deploy-mode',
  '--driver-cores',
  '--driver-java-options',
  '--driver-memory',
  '--executor-cores',
  '--executor-memory',
  '--files',
  '--master',
  '--name',
  '--num-executors',
  '--py-files',
  '--queue',
]);
/** What EMR Serverless decides itself: a job names neither a cluster nor how it is deployed (its user guide, Spark jobs). */
const NOT_SERVERLESS = new Set(['--deploy-mode', '--master', '--queue']);

/** @throws Error naming the argument that spark-submit, or the laptop run, does not know. */
export function parseSparkSubmit(jar: string, stepArguments: readonly string[]): SparkSubmit {
  if (jar !== 'command-runner.jar' || stepArguments[0] !== 'spark-submit') {
    throw new Error(`The laptop run knows only steps of command-runner.jar with spark-submit, not ${jar} ${stepArguments[0] ?? ''}`);
  }
  const { options, rest } = takeOptions(stepArguments.slice(1));
  const [script, ...jobArguments] = rest;
  if (script === undefined) throw new Error('spark-submit: the step names no script');
  return { script, ...meaningOf(options, 'spark.yarn.appMasterEnv.'), arguments: jobArguments };
}

/** A job run's `SparkSubmit`. @throws Error naming the argument that EMR Serverless, or the laptop run, does not know. */
export function parseServerlessSubmit(driver: {
  readonly entryPoint: string;
  readonly entryPointArguments: readonly string[];
  readonly sparkSubmitParameters: string;
}): SparkSubmit {
  if (/["'\\]/.test(driver.sparkSubmitParameters)) throw new Error('sparkSubmitParameters: the laptop run does not know quotes');
  const { options, rest } = takeOptions(driver.sparkSubmitParameters.split(/\s+/).filter(Boolean));
  const wrong = rest[0] ?? options.find(([name]) => NOT_SERVERLESS.has(name))?.[0];
  if (wrong !== undefined) throw new Error(`sparkSubmitParameters: EMR Serverless does not know ${wrong}`);
  const meaning = meaningOf(options, 'spark.emr-serverless.driverEnv.');
  return { script: driver.entryPoint, ...meaning, arguments: driver.entryPointArguments };
}

type Options = readonly (readonly [name: string, value: string])[];

function takeOptions(words: readonly string[]): { readonly options: Options; readonly rest: readonly string[] } {
  const options: [string, string][] = [];
  let position = 0;
  for (let option = words[position]; option?.startsWith('-'); option = words[position]) {
    const [name = '', inline] = splitOnce(option, '=');
    const value = inline ?? words[position + 1];
    if (!OPTIONS_WITH_VALUE.has(name) || value === undefined) throw new Error(`spark-submit: the laptop run does not know ${option}`);
    options.push([name, value]);
    position += inline === undefined ? 2 : 1;
  }
  return { options, rest: words.slice(position) };
}

function meaningOf(options: Options, driverEnvironment: string): Pick<SparkSubmit, 'pythonFiles' | 'environment'> {
  const settings = options.filter(([name]) => name === '--conf').map(([, value]) => splitOnce(value, '='));
  return {
    pythonFiles: options.filter(([name]) => name === '--py-files').flatMap(([, value]) => value.split(',')),
    environment: Object.fromEntries(
      settings.flatMap(([name = '', value = '']) =>
        name.startsWith(driverEnvironment) ? [[name.slice(driverEnvironment.length), value]] : [],
      ),
    ),
  };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
