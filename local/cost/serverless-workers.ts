import * as z from 'zod';

const SUBMIT = z.looseObject({
  States: z.looseObject({
    TransformServerless: z.looseObject({
      Parameters: z.looseObject({ JobDriver: z.looseObject({ SparkSubmit: z.looseObject({ SparkSubmitParameters: z.string() }) }) }),
    }),
  }),
});

/** What Spark adds to a worker's heap: a tenth, 384 MiB at least (spark.driver.memoryOverhead). */
const OVERHEAD = { share: 0.1, leastMegabytes: 384 };

/**
 * The workers that the state machine's job run asks for: one driver, and its executors. Memory is billed in whole gigabytes.
 * @throws ZodError, or Error naming the setting that the state TransformServerless does not give.
 */
export function serverlessWorkers(definition: unknown): { readonly vcpus: number; readonly gigabytes: number } {
  const parameters = SUBMIT.parse(definition).States.TransformServerless.Parameters.JobDriver.SparkSubmit.SparkSubmitParameters;
  const setting = (name: string): string => {
    const value = new RegExp(`spark\\.${name.replaceAll('.', '\\.')}=(\\S+)`).exec(parameters)?.[1];
    if (value === undefined) throw new Error(`The state TransformServerless gives no spark.${name}; local/cost reads it`);
    return value;
  };
  const executors = Number(setting('executor.instances'));
  return {
    vcpus: Number(setting('driver.cores')) + executors * Number(setting('executor.cores')),
    gigabytes: gigabytesOf(setting('driver.memory')) + executors * gigabytesOf(setting('executor.memory')),
  };
}

/** `3g` and its overhead. */
function gigabytesOf(heap: string): number {
  const [, gigabytes] = /^(\d+)g$/.exec(heap) ?? [];
  if (gigabytes === undefined) throw new Error(`The memory "${heap}" of the state TransformServerless must be whole gigabytes, like 3g`);
  const megabytes = Number(gigabytes) * 1024;
  return Math.ceil((megabytes + Math.max(OVERHEAD.leastMegabytes, megabytes * OVERHEAD.share)) / 1024);
}
