import { isNamed, nameAt, tableNameAt } from './table-name.ts';
import { isText, startsWith, type Token } from './tokens.ts';

type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** What a statement asks of one table. */
interface Need {
  readonly privilege: Privilege;
  readonly table: string;
}

/** The one schema that has permissions here; temporary tables have none. */
export const SCHEMA = 'community';

/**
 * Sources: Redshift's pages INSERT, UPDATE, DELETE, COPY. Of a MERGE the same as of the DELETE, UPDATE and INSERT that Redshift makes of it, and
 * of a LOCK what PostgreSQL 8 asks: both assumed.
 */
const OF_TARGET: readonly { readonly words: readonly string[]; readonly privileges: readonly Privilege[] }[] = [
  { words: ['insert', 'into'], privileges: ['insert'] },
  { words: ['merge', 'into'], privileges: ['select', 'insert', 'update', 'delete'] },
  { words: ['update'], privileges: ['select', 'update'] },
  { words: ['delete', 'from'], privileges: ['select', 'delete'] },
  { words: ['lock', 'table'], privileges: ['update'] },
  { words: ['lock'], privileges: ['update'] },
  { words: ['copy'], privileges: ['insert'] },
];

/** The privileges on tables of the schema that a statement needs: on its target those of its kind, on what it reads `select`. */
export function neededPrivileges(tokens: readonly Token[]): Need[] {
  const kind = OF_TARGET.find(({ words }) => startsWith(tokens, 0, ...words));
  const target = kind ? tableNameAt(tokens, kind.words.length) : undefined;
  const ofTarget = target?.schema === SCHEMA ? (kind?.privileges ?? []).map((privilege) => ({ privilege, table: target.table })) : [];
  const from = target?.end ?? 0;
  const read = tokens.flatMap((token, at) =>
    at >= from && isNamed(token, SCHEMA) && isText(tokens[at + 1], '.')
      ? [{ privilege: 'select' as const, table: nameAt(tokens, at + 2) }]
      : [],
  );
  return [...ofTarget, ...read];
}
