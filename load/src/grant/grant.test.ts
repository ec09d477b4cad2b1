import { WarehouseError } from '../../../common/errors.ts';
import { grant } from './grant.ts';

const PROPERTIES = { ServiceToken: 'arn', RoleName: 'stack-AlarmFunctionRole-1A2B', DatabaseRole: 'hotpost_alarm' };

function fakeWarehouse(refuse: (sql: string) => string | undefined = () => undefined) {
  const executed: string[] = [];
  return {
    executed,
    execute(sql: string) {
      const reason = refuse(sql);
      if (reason !== undefined) return Promise.reject(new WarehouseError(reason));
      executed.push(sql);
      return Promise.resolve(0);
    },
  };
}

it('makes the user of an IAM role and gives it its database role', async () => {
  const warehouse = fakeWarehouse();

  expect(await grant(PROPERTIES, warehouse)).toEqual({ user: 'IAMR:stack-AlarmFunctionRole-1A2B' });
  expect(warehouse.executed).toEqual([
    'create user "IAMR:stack-AlarmFunctionRole-1A2B" password disable',
    'grant role hotpost_alarm to "IAMR:stack-AlarmFunctionRole-1A2B"',
  ]);
});

it('goes on when the user is there already', async () => {
  const warehouse = fakeWarehouse((sql) => (sql.startsWith('create') ? 'FAILED: ERROR: user "IAMR:x" already exists' : undefined));

  await grant(PROPERTIES, warehouse);

  expect(warehouse.executed).toEqual(['grant role hotpost_alarm to "IAMR:stack-AlarmFunctionRole-1A2B"']);
});

it.each(['create', 'grant'])('fails when the %s fails', async (statement) => {
  const warehouse = fakeWarehouse((sql) => (sql.startsWith(statement) ? 'FAILED: ERROR: permission denied' : undefined));

  await expect(grant(PROPERTIES, warehouse)).rejects.toThrow('permission denied');
});

it.each([
  { ...PROPERTIES, RoleName: 'a" ; drop table x' },
  { ...PROPERTIES, RoleName: '' },
  { ...PROPERTIES, DatabaseRole: 'sys:superuser' },
  {},
])('refuses %j, and runs nothing', async (properties) => {
  const warehouse = fakeWarehouse();

  await expect(grant(properties, warehouse)).rejects.toThrow('The properties of the user are malformed');
  expect(warehouse.executed).toEqual([]);
});
