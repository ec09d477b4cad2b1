/** `ValueError: …`, `pyspark.errors.exceptions.AnalysisException: …`, `SystemExit: 3` */
const EXCEPTION = /^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning)(?::|$)/;
/** Lines of loggers (`2026-11-20T10:00:00Z INFO …`, `26/11/20 10:00:00 WARN …`) and of Java stack traces. */
const NOISE = /^\s*(?:\[?\d{2,4}[-/]\d{2}[-/]\d{2}\S*\s+(?:\d{2}:\d{2}\S*\s+)?\[?(?:TRACE|DEBUG|INFO|WARN)\b|at |\.\.\. \d+ more)/;
const LONGEST = 1_000;

/** The line of a step's stderr that says why it failed: the last exception, else the last line that is no log noise. */
export function failureMessage(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !NOISE.test(line));
  const line = lines.findLast((candidate) => EXCEPTION.test(candidate) && !candidate.includes('Warning:')) ?? lines.at(-1);
  return line?.trim().slice(0, LONGEST);
}
