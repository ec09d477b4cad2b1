import * as z from 'zod';
import { EnvironmentError } from './errors.ts';

/**
 * Reads and validates a function's environment once. `process.env` is read nowhere else (but for the clock's offset).
 * @throws EnvironmentError naming every variable that is missing or wrong (never a value: it may be a secret).
 */
export function readEnvironment<T extends z.ZodRawShape>(shape: T, variables: NodeJS.ProcessEnv = process.env): z.infer<z.ZodObject<T>> {
  const unresolved = Object.keys(shape).filter((name) => variables[name]?.includes('{{resolve:'));
  if (unresolved.length > 0) {
    const secrets = unresolved.map((name) => secretIn(variables[name] ?? '')).join('", "');
    throw new EnvironmentError(
      `Environment variable ${unresolved.join(', ')} still holds the text {{resolve:…}}: secret "${secrets}" was not resolved. Create it (README, 배포 – 준비물) and deploy again.`,
    );
  }
  const parsed = z.object(shape).safeParse(variables);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    (issue) => `${issue.path.join('.')} (${issue.code === 'invalid_type' ? 'not set' : issue.message})`,
  );
  throw new EnvironmentError(
    `Environment variable ${wrong.join(', ')} of ${variables['AWS_LAMBDA_FUNCTION_NAME'] ?? 'this function'}: set it in the stage's template.yaml`,
  );
}

/** The name or ARN of the secret in a dynamic reference, which may be followed by `:SecretString:<key>`. */
function secretIn(reference: string): string {
  return /resolve:secretsmanager:(.+?)(?::SecretString\b.*?)?\}\}/.exec(reference)?.[1] ?? 'named in the template';
}
