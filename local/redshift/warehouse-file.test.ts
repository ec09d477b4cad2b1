import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../load/src/migrate/migrate.ts';
import { migration, migrations } from '../../load/src/migrate/migrations.ts';
import { openDatabase } from './database.ts';
import { warehouseFixture } from './processed-fixture.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotpost-warehouse-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A process of its own that commits a row, begins another transaction, says so, and waits. */
async function killInMidTransaction(file: string): Promise<void> {
  const script = `
    import { openDatabase } from ${JSON.stringify(join(__dirname, 'database.ts'))};
    const database = await openDatabase(${JSON.stringify(file)});
    const connection = await database.connect();
    await connection.run('create table kept (n int)');
    await connection.run('insert into kept values (1)');
    await connection.run('begin transaction');
    await connection.run('insert into kept values (2)');
    console.log('now');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    await expect(openDatabase(file)).rejects.toThrow(/is open in another process; end that run first/);
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

it('keeps what was committed and forgets the rest after kill -9, and belongs to one process', async () => {
  const file = join(directory, 'a', 'hotpost.duckdb');

  await killInMidTransaction(file);

  const database = await openDatabase(file);
  const connection = await database.connect();
  expect((await connection.runAndReadAll('select n from kept')).getRowsJson()).toEqual([[1]]);
  connection.closeSync();
  database.close();
});

it('names a file that is no warehouse, and the remedy', async () => {
  const file = join(directory, 'hotpost.duckdb');
  await writeFile(file, 'garbage');

  await expect(openDatabase(file)).rejects.toThrow(
    `The warehouse file ${file} cannot be opened. Put a good copy in its place, or begin anew: npm start -- --fresh`,
  );
});

it('migrates once, again after a restart without a change, and never an edited file', async () => {
  const warehouse = await warehouseFixture();
  await warehouse.restart();
  const [first, ...rest] = migrations;
  const edited = migration(first?.name ?? '', `${first?.sql ?? ''}-- edited`);

  expect(await migrate({ warehouse: warehouse.warehouse, migrations })).toEqual({ applied: 0, version: migrations.length });
  await expect(migrate({ warehouse: warehouse.warehouse, migrations: [edited, ...rest] })).rejects.toThrow(/0001_create_post was edited/);

  await warehouse.remove();
});
