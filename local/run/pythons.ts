import * as z from 'zod';
import { UserError } from './user-error.ts';

/** The interpreters that the set-up made, by environment name. @throws UserError outside npm start and npm test. */
export function pythonsOfSetup(variables: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const text = variables['HOTPOST_PYTHONS'];
  if (text === undefined) throw new UserError('The Python environments are not set up. Run npm start or npm test.');
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}
