/** Comments and the pieces that may hold a semicolon of their own, in the order in which they must be tried. */
const PIECES = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|;|[^-/'";]+|[-/]/g;

/** The statements of a `.sql` file, without comments and without the final semicolon. */
export function statementsOf(sqlFile: string): string[] {
  const statements: string[] = [];
  let statement = '';
  for (const [piece] of `${sqlFile}\n;`.matchAll(PIECES)) {
    if (piece.startsWith('--') || piece.startsWith('/*')) continue;
    if (piece !== ';') statement += piece;
    else {
      if (statement.trim() !== '') statements.push(statement.trim());
      statement = '';
    }
  }
  return statements;
}

/**
 * Puts constants in the places of `${name}`. Parameters of the Data API bind values only, never the words of COPY, so what comes in
 * here must have been validated by the caller.
 * @throws RangeError naming a place without a constant.
 */
export function fill(statement: string, constants: Readonly<Record<string, string>>): string {
  const places = new Set([...statement.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? ''));
  const unknown = [...places].find((name) => constants[name] === undefined);
  if (unknown !== undefined) throw new RangeError(`The statement has the place ${unknown}, for which there is no constant`);
  return statement.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => constants[name] ?? '');
}
