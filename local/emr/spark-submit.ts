/** What a step's `spark-submit …` arguments ask for. */
export interface SparkSubmit {
  /** `s3://…/spark-job-emr.py` */
  readonly script: string;
  /** Archives of `--py-files`. */
  readonly pythonFiles: readonly string[];
  /** `--conf spark.yarn.appMasterEnv.X=v`: the driver's environment in cluster mode. */
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
const DRIVER_ENVIRONMENT = 'spark.yarn.appMasterEnv.';

/** @throws Error naming the argument that spark-submit, or the laptop run, does not know. */
export function parseSparkSubmit(jar: string, stepArguments: readonly string[]): SparkSubmit {
  if (jar !== 'command-runner.jar' || stepArguments[0] !== 'spark-submit') {
    throw new Error(`The laptop run knows only steps of command-runner.jar with spark-submit, not ${jar} ${stepArguments[0] ?? ''}`);
  }
  const options: [string, string][] = [];
  let position = 1;
  for (let option = stepArguments[position]; option?.startsWith('-'); option = stepArguments[position]) {
    const [name = '', inline] = splitOnce(option, '=');
    const value = inline ?? stepArguments[position + 1];
    if (!OPTIONS_WITH_VALUE.has(name) || value === undefined) throw new Error(`spark-submit: the laptop run does not know ${option}`);
    options.push([name, value]);
    position += inline === undefined ? 2 : 1;
  }
  const script = stepArguments[position];
  if (script === undefined) throw new Error('spark-submit: the step names no script');
  const settings = options.filter(([name]) => name === '--conf').map(([, value]) => splitOnce(value, '='));
  return {
    script,
    pythonFiles: options.filter(([name]) => name === '--py-files').flatMap(([, value]) => value.split(',')),
    environment: Object.fromEntries(
      settings.flatMap(([name = '', value = '']) =>
        name.startsWith(DRIVER_ENVIRONMENT) ? [[name.slice(DRIVER_ENVIRONMENT.length), value]] : [],
      ),
    ),
    arguments: stepArguments.slice(position + 1),
  };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
