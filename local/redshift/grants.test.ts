import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementsOf } from '../../common/sql-text.ts';
import { redshiftWarehouse, type Warehouse } from '../../common/warehouse.ts';
import { grant } from '../../load/src/grant/grant.ts';
import { migrate } from '../../load/src/migrate/migrate.ts';
import { migrations } from '../../load/src/migrate/migrations.ts';
import { repository } from '../run/directories.ts';
import { neededPrivileges } from './needed-privileges.ts';
import { redshiftFixture, type RedshiftFixture } from './redshift-fixture.ts';
import { tokenize } from './tokens.ts';

const ROLES = {
  hotpost_load: ['load/sql/load', 'load/sql/gates'],
  hotpost_alarm: ['alarm/sql', 'alarm/sql/conditions', 'alarm/sql/levels'],
} as const;

let fixture: RedshiftFixture;
beforeAll(async () => {
  fixture = await redshiftFixture();
  await migrate({ warehouse: fixture.warehouse, migrations });
  await grant({ RoleName: 'loader', DatabaseRole: 'hotpost_load' }, fixture.warehouse);
  await fixture.execute('create table of_admin (a int)');
  await grant({ RoleName: 'teller', DatabaseRole: 'hotpost_alarm' }, fixture.warehouse);
});
afterAll(() => fixture.remove());

/** The warehouse as an IAM role finds it. */
const as = (role: string, secretArn = ''): Warehouse =>
  redshiftWarehouse({ workgroupName: 'hotpost-workgroup', databaseName: 'hotpost', secretArn }, fixture.client(role));

it.each(Object.entries(ROLES))('%s may do what its statements need, and nothing else', (role, folders) => {
  const needed = folders.flatMap(statementsIn).flatMap((sql) => neededPrivileges(tokenize(sql)));
  const granted = statementsOf(readFileSync(join(repository, 'load/sql/migrate/grant_roles.sql'), 'utf8'))
    .filter((sql) => sql.endsWith(`to role ${role}`) && !sql.includes('on schema'))
    .flatMap((sql) => {
      const [, privileges = '', tables = ''] = /^grant ([\w, ]+)\s+on ([\w., ]+)\s+to role/.exec(sql) ?? [];
      return privileges.split(', ').flatMap((privilege) => tables.split(', ').map((table) => `${privilege} ${table}`));
    });

  expect(granted.sort()).toEqual([...new Set(needed.map(({ privilege, table }) => `${privilege} community.${table}`))].sort());
});

it('lets each role do its own', async () => {
  await as('loader').execute("insert into community.post_gone values ('b', 's', 'b', '1', getdate(), 'gone')");

  expect(await as('loader').read('select post_id from community.post_gone')).toEqual([{ post_id: '1' }]);
  expect(await as('teller').read('select batch from community.load_ledger')).toEqual([]);
});

it.each([
  ['somebody', 'select count(*) from community.post', 'permission denied for schema community'],
  ['somebody', 'lock community.load_ledger', 'permission denied for schema community'],
  ['teller', 'delete from community.post', 'permission denied for relation post'],
  ['teller', 'select c.post_id from community.score s join community.comment c on c.post_id = s.post_id', 'denied for relation comment'],
  ['teller', 'update community.alert set level = 1', 'permission denied for relation alert'],
  ['loader', "insert into community.schema_migration values (1, 'a', 'b', getdate())", 'denied for relation schema_migration'],
  ['loader', 'drop table community.post', 'permission denied'],
  ['loader', 'create table community.mine (a int)', 'permission denied'],
  ['somebody', 'select count(*) as n from "community".post', 'permission denied for schema community'],
  ['somebody', 'create temp table mine as select post_id from "COMMUNITY".post', 'permission denied for schema community'],
  ['teller', 'select (select count(*) from "community".comment) as n from community.post', 'denied for relation comment'],
  ['teller', 'delete from community.alarm_cut using "community".comment where 1 = 1', 'denied for relation comment'],
  ['teller', 'with x as (select 1 as a) delete from community.post', 'syntax error at or near "delete"'],
  ['somebody', 'insert into hotpost.community.post_gone select * from community.post_gone', 'three parts'],
  ['somebody', "insert into stand_in.membership values ('hotpost_load', 'IAMR:somebody')", 'schema "stand_in" does not exist'],
  ['teller', 'select a from of_admin', 'permission denied for relation of_admin'],
  ['teller', 'select a from public.of_admin', 'permission denied for relation of_admin'],
  ['teller', 'drop table of_admin', 'permission denied for relation of_admin'],
  ['loader', 'grant role hotpost_alarm to "IAMR:loader"', 'permission denied'],
])('refuses %s: %s', async (role, sql, message) => {
  await expect(as(role).execute(sql)).rejects.toThrow(message);
});

it('lets everybody make temporary tables, and the admin by the secret do all', async () => {
  await as('somebody').execute('create temp table mine (a int)');

  expect(await as('somebody', 'hotpost/redshift').read('select count(*) from community.post_gone')).toHaveLength(1);
});

it.each([
  ['create role hotpost_load', 'role "hotpost_load" already exists'],
  ['create user "IAMR:loader" password disable', 'user "IAMR:loader" already exists'],
  ["create user somebody password 'Secret1'", 'not supported'],
  ['grant role nobody to "IAMR:loader"', 'role "nobody" does not exist'],
  ['grant role hotpost_load to "IAMR:stranger"', 'user "IAMR:stranger" does not exist'],
  ['grant select on community.absent to role hotpost_load', 'relation "absent" does not exist'],
  ['grant all on community.post to role hotpost_load', 'not supported'],
  ['grant select on community.post to public', 'not supported'],
  ['grant select (post_id) on community.post to role hotpost_load', 'not supported'],
  ['grant select on of_admin to role hotpost_load', 'not supported'],
  ['grant select on community.post nonsense to role hotpost_load', 'not supported'],
  ['grant usage on schema community nonsense to role hotpost_load', 'not supported'],
  ['select * from "stand_in".privilege', 'schema "stand_in" does not exist'],
])('refuses the admin %s', async (sql, message) => {
  expect(await fixture.execute(sql)).toMatchObject({ Status: 'FAILED', Error: expect.stringContaining(message) as string });
});

it('forgets a role whose transaction is rolled back', async () => {
  await fixture.batch('create role passing', 'select 1 from community.absent');

  expect(await fixture.execute('create role passing')).toMatchObject({ Status: 'FINISHED' });
});

it('forgets what was granted on a table that is dropped', async () => {
  for (const sql of [
    'create table community.passing (a int)',
    'grant select on community.passing to role hotpost_alarm',
    'drop table community.passing',
    'create table community.passing (a int)',
  ])
    expect(await fixture.execute(sql)).toMatchObject({ Status: 'FINISHED' });

  await expect(as('teller').read('select a from community.passing')).rejects.toThrow('permission denied for relation passing');
});

it('keeps what was granted over a restart', async () => {
  await fixture.restart();

  expect(await as('loader').read('select post_id from community.post_gone')).toHaveLength(1);
  await expect(as('somebody').read('select 1 from community.post')).rejects.toThrow('permission denied');
});

/** With a value in each place; what stands in a place as a query is a file of its own. */
function statementsIn(folder: string): string[] {
  return readdirSync(join(repository, folder))
    .filter((file) => file.endsWith('.sql'))
    .flatMap((file) => statementsOf(readFileSync(join(repository, folder, file), 'utf8').replaceAll(/\$\{\w+\}/g, '1')));
}
