import type { Warehouse } from '../../common/warehouse.ts';
import { namedQueries, runStatements } from './run-statement.ts';

function warehouseOf() {
  const asked: string[] = [];
  const warehouse: Warehouse = {
    read(sql) {
      asked.push(sql);
      return Promise.resolve([{ one: 1 }]);
    },
    execute(sql) {
      asked.push(sql);
      return Promise.resolve(3);
    },
  };
  return { warehouse, asked };
}

it('runs statements one after the other, and shows rows or how many were touched', async () => {
  const { warehouse, asked } = warehouseOf();

  const shown = await runStatements("select ';' as one;\n-- a comment\ndelete from community.feedback;", warehouse);

  expect(asked).toEqual(["select ';' as one", 'delete from community.feedback']);
  expect(shown).toBe('one\n───\n  1\n(1 row)\n\ndelete: 3 rows');
});

it('runs a query of the project by its name', async () => {
  const { warehouse, asked } = warehouseOf();

  await runStatements('loaded_batches;\n', warehouse);

  expect(asked).toEqual([expect.stringMatching(/^select\n.*load_ledger/s)]);
});

it('lists the queries with what each is for', () => {
  expect(namedQueries().find((line) => line.startsWith('loaded_batches'))).toMatch(/^loaded_batches +The batches that were loaded/);
});
