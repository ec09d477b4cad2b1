import type { DuckDBConnection } from '@duckdb/node-api';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { neededPrivileges, SCHEMA } from './needed-privileges.ts';
import { nameAt, tableNameAt, type TableName } from './table-name.ts';
import { findOutside, isText, splitAtCommas, startsWith, syntaxErrorAt, type Token } from './tokens.ts';

/*
 * Users, roles and privileges, kept in tables of their own in the warehouse's file, so that a rolled-back GRANT is none.
 * What is modelled is what load/sql/ says: roles that hold privileges on the schema and its tables, users that hold roles.
 */

/** Nobody's statement reaches it: Redshift has none of this name. */
export const GRANT_SCHEMA = 'stand_in';

/** Made when the file is opened. */
export const GRANT_TABLES = [
  'create schema if not exists stand_in',
  'create table if not exists stand_in.database_role (name varchar primary key)',
  'create table if not exists stand_in.database_user (name varchar primary key)',
  'create table if not exists stand_in.membership (role varchar, name varchar, primary key (role, name))',
  'create table if not exists stand_in.privilege (role varchar, privilege varchar, object varchar, primary key (role, privilege, object))',
];

/** Who runs a statement. A secret is the admin's; an IAM role is the user that Redshift makes for it. */
export interface DatabaseUser {
  /** `IAMR:<role>` */
  readonly name: string;
  readonly isSuperuser: boolean;
}

/** Says whether a user may run a statement. @throws RedshiftError `permission denied …` */
export type Access = (tokens: readonly Token[]) => void;

/** What a user may do as things stand when the transaction begins; a user who is no superuser can't change it meanwhile. */
export async function accessOf(connection: DuckDBConnection, { name, isSuperuser }: DatabaseUser): Promise<Access> {
  if (isSuperuser) return () => undefined;
  const sql = 'select p.privilege, p.object from stand_in.membership m join stand_in.privilege p on p.role = m.role where m.name = $1';
  const rows = await (await connection.run(sql, [name])).getRowObjectsJS();
  const ofAdmin = await publicTables(connection);
  const held = new Set((rows as { privilege: string; object: string }[]).map(({ privilege, object }) => `${privilege} ${object}`));
  return (tokens) => {
    if (changesObjects(tokens)) throw new RedshiftError(`permission denied: ${name} may not ${tokens[0]?.text ?? ''} here`);
    const publicTable = tokens.find((token, at) => isReference(tokens, at) && ofAdmin.has(nameOf(token)));
    if (publicTable) throw new RedshiftError(`permission denied for relation ${nameOf(publicTable)}`);
    const needs = neededPrivileges(tokens);
    if (needs.length > 0 && !held.has(`usage ${SCHEMA}`)) throw new RedshiftError(`permission denied for schema ${SCHEMA}`);
    const missing = needs.find(({ privilege, table }) => !held.has(`${privilege} ${table}`));
    if (missing) throw new RedshiftError(`permission denied for relation ${missing.table}`);
  };
}

/** Tables in `public`, which are the admin's: nobody was granted anything on them. */
async function publicTables(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const sql = "select table_name from duckdb_tables() where schema_name = 'public' and not temporary";
  return new Set((await (await connection.run(sql)).getRows()).map(([name]) => String(name).toLowerCase()));
}

/** Whether a name at a place may be that of a table in `public`: behind a word that a table follows, bare or with `public.` before it. */
function isReference(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind !== 'word' && tokens[at]?.kind !== 'quoted') return false;
  const isQualified = isText(tokens[at - 1], '.') && nameOf(tokens[at - 2]) === 'public';
  return isQualified || isText(tokens[at - 1], 'from', 'join', 'into', 'update', 'using', 'lock', 'copy', 'table', ',');
}

function nameOf(token: Token | undefined): string {
  return token?.kind === 'word' || token?.kind === 'quoted' ? nameAt([token], 0) : '';
}

/** Redshift forgets what was granted on a table when the table is dropped. */
export async function forgetGrants(connection: DuckDBConnection, { schema, table }: TableName): Promise<void> {
  if (schema === SCHEMA) await connection.run('delete from stand_in.privilege where object = $1', [table]);
}

/** Everybody may make and drop temporary tables; the rest is the admin's. */
function changesObjects(tokens: readonly Token[]): boolean {
  if (isText(tokens[0], 'create')) return !isText(tokens[1], 'temp', 'temporary');
  if (isText(tokens[0], 'drop')) return tokens.some((token) => isText(token, '.'));
  return isText(tokens[0], 'alter', 'grant', 'revoke');
}

/** `create role <name>`. */
export async function createRole(connection: DuckDBConnection, tokens: readonly Token[]): Promise<void> {
  const name = nameAt(tokens, 2);
  if (tokens.length !== 3) throw syntaxErrorAt(tokens, 3);
  await addName(connection, 'role', name);
}

/** `create user "<name>" password disable`. */
export async function createUser(connection: DuckDBConnection, tokens: readonly Token[]): Promise<void> {
  const name = userNameAt(tokens, 2);
  if (!startsWith(tokens, 3, 'password', 'disable') || tokens.length !== 5) throw unsupported('create user but with password disable');
  await addName(connection, 'user', name);
}

async function addName(connection: DuckDBConnection, kind: 'role' | 'user', name: string): Promise<void> {
  if (await isThere(connection, kind, name)) throw new RedshiftError(`${kind} "${name}" already exists`);
  await connection.run(`insert into stand_in.database_${kind} values ($1)`, [name]);
}

/** `grant role r to "user"`, `grant usage on schema s to role r`, `grant select, … on s.t, … to role r`. */
export async function grant(connection: DuckDBConnection, tokens: readonly Token[]): Promise<void> {
  const to = findOutside(tokens, 1, 'to');
  if (to < 0) throw new RedshiftError('syntax error at end of input');
  if (isText(tokens[1], 'role')) {
    const [role, user] = [nameAt(tokens, 2), userNameAt(tokens, to + 1)];
    if (to !== 3 || tokens.length !== 5) throw syntaxErrorAt(tokens, 3);
    await mustBeThere(connection, 'role', role);
    await mustBeThere(connection, 'user', user);
    await connection.run('insert or ignore into stand_in.membership values ($1, $2)', [role, user]);
    return;
  }
  if (!isText(tokens[to + 1], 'role') || tokens.length !== to + 3) throw unsupported('GRANT to anything but one role');
  const role = nameAt(tokens, to + 2);
  await mustBeThere(connection, 'role', role);
  for (const [privilege, object] of await grantedIn(connection, tokens.slice(0, to)))
    await connection.run('insert or ignore into stand_in.privilege values ($1, $2, $3)', [role, privilege, object]);
}

async function grantedIn(connection: DuckDBConnection, tokens: readonly Token[]): Promise<[privilege: string, object: string][]> {
  const on = findOutside(tokens, 1, 'on');
  if (on < 0) throw syntaxErrorAt(tokens, tokens.length);
  const words = splitAtCommas(tokens.slice(1, on));
  if (words.some((part) => part.length !== 1)) throw unsupported('GRANT on columns');
  const privileges = words.map((part) => nameAt(part, 0));
  if (isText(tokens[on + 1], 'schema')) {
    if (privileges.join() !== 'usage' || nameAt(tokens, on + 2) !== SCHEMA || tokens.length !== on + 3)
      throw unsupported('GRANT on a schema but usage on community');
    return [['usage', SCHEMA]];
  }
  const unknown = privileges.find((privilege) => !['select', 'insert', 'update', 'delete'].includes(privilege));
  if (unknown !== undefined) throw unsupported(`GRANT ${unknown} on tables`);
  const tables = splitAtCommas(tokens.slice(on + 1)).map((part) => {
    const name = tableNameAt(part, 0);
    if (name.schema !== SCHEMA || name.end !== part.length) throw unsupported('GRANT on anything but tables of community');
    return name;
  });
  for (const { text } of tables) await connection.run(`select 1 from ${text} limit 0`);
  return tables.flatMap(({ table }) => privileges.map((privilege): [string, string] => [privilege, table]));
}

/** A quoted name keeps its case: Redshift names the users of IAM roles so. */
function userNameAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token?.kind === 'quoted' ? token.text.slice(1, -1) : nameAt(tokens, at);
}

async function mustBeThere(connection: DuckDBConnection, kind: 'role' | 'user', name: string): Promise<void> {
  if (!(await isThere(connection, kind, name))) throw new RedshiftError(`${kind} "${name}" does not exist`);
}

async function isThere(connection: DuckDBConnection, kind: 'role' | 'user', name: string): Promise<boolean> {
  const found = await connection.run(`select 1 from stand_in.database_${kind} where name = $1`, [name]);
  return (await found.getRows()).length > 0;
}
