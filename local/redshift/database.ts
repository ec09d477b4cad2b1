import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { GRANT_TABLES } from './grants.ts';

/** The file behind the warehouse; one process at a time may have it open. */
export interface Database {
  /** A session of its own: its temporary tables end with it. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/** Redshift's functions that DuckDB lacks or answers differently. */
const MACROS = [
  `getdate() as date_trunc('second', now() at time zone 'UTC')`,
  `nvl(a, b) as coalesce(a, b), (a, b, c) as coalesce(a, b, c), (a, b, c, d) as coalesce(a, b, c, d)`,
  `nvl2(a, b, c) as case when a is not null then b else c end`,
  `octet_length(a) as strlen(a)`,
  // What a cast to varchar(n) becomes (rewrite.ts).
  `fitting_text(a, n) as case when strlen(a) > n then error('value too long for cast to character varying(' || n || '), Redshift would cut it') else a end`,
  `btrim(a) as trim(a), (a, b) as trim(a, b)`,
  `convert_timezone(zone, t) as t at time zone 'UTC' at time zone zone, (was, zone, t) as t at time zone was at time zone zone`,
  `dateadd(part, n, t) as case part
     when 'second' then t + to_seconds(n) when 'minute' then t + to_minutes(n) when 'hour' then t + to_hours(n)
     when 'day' then t + to_days(n) when 'week' then t + to_weeks(n) when 'month' then t + to_months(n)
     when 'quarter' then t + to_months(3 * n) when 'year' then t + to_years(n) end`,
];

/**
 * Opens or makes the database file. What a killed process had committed is there (write-ahead log); the rest is gone.
 * @throws Error naming the file when another process has it open.
 */
export async function openDatabase(file: string): Promise<Database> {
  await mkdir(dirname(file), { recursive: true });
  const instance = await open(file);
  const connection = await instance.connect();
  // Redshift: 7/2 is 3, nulls are the largest, times are UTC, unqualified tables lie in public.
  await connection.run(`set global integer_division = true`);
  await connection.run(`set global default_null_order = 'nulls_last_on_asc_first_on_desc'`);
  await connection.run(`set global timezone = 'UTC'`);
  await connection.run('create schema if not exists public');
  for (const table of GRANT_TABLES) await connection.run(table);
  for (const macro of MACROS) await connection.run(`create or replace macro main.${macro}`);
  connection.closeSync();
  return {
    async connect() {
      const session = await instance.connect();
      await session.run(`set search_path = 'public,main'`);
      return session;
    },
    close: () => {
      instance.closeSync();
    },
  };
}

async function open(file: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, {
      // Extensions are never fetched: what is not built in must fail.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // A load is many small statements: one thread takes half the processor time of two (0.25 s against 0.5 s a batch, 2026-11).
      threads: '1',
      // The laptop run shares 3 GB with Spark and the functions; what does not fit goes to a folder beside the file.
      memory_limit: '1GB',
    });
  } catch (cause) {
    const isHeld = /\block\b/i.test(String(cause));
    const matter = isHeld
      ? 'is open in another process; end that run first'
      : 'cannot be opened. Put a good copy in its place, or begin anew: npm start -- --fresh';
    throw new Error(`The warehouse file ${file} ${matter}`, { cause });
  }
}
