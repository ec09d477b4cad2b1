import { objectKeys } from '../../common/object-keys.ts';
import { migrate } from '../../load/src/migrate/migrate.ts';
import { migrations } from '../../load/src/migrate/migrations.ts';
import type { ProcessedTable } from '../../load/src/prepare-load/load-sql.ts';
import { prepareLoad, type PrepareLoadDependencies } from '../../load/src/prepare-load/prepare-load.ts';
import { BUCKET, COPY_ROLE_ARN, redshiftFixture, type RedshiftFixture } from './redshift-fixture.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Columns as the job writes them, in its order, with a value for rows that do not say. */
const COLUMNS: Readonly<
  Record<ProcessedTable, Readonly<Record<string, readonly [type: string, value: string | number | boolean | null]>>>
> = {
  post: {
    site: ['varchar', 'bobaedream'],
    board: ['varchar', 'freeb'],
    post_id: ['varchar', '1'],
    url: ['varchar', 'http://127.0.0.1/freeb/1'],
    title: ['varchar', '코나 급발진 의심'],
    body: ['varchar', '주차장에서 차가 튀어나갔습니다'],
    author_hash: ['varchar', '0'.repeat(32)],
    created_at: ['timestamp', '2026-11-20 05:10:00'],
    collected_at: ['timestamp', '2026-11-20 05:30:00'],
    views: ['bigint', 10],
    likes: ['bigint', 1],
    comment_count: ['bigint', 2],
    keywords: ['varchar', '["코나","급발진"]'],
    may_alarm: ['boolean', true],
    list_rank: ['bigint', 4],
  },
  comment: {
    site: ['varchar', 'bobaedream'],
    board: ['varchar', 'freeb'],
    post_id: ['varchar', '1'],
    comment_id: ['varchar', '100'],
    is_reply: ['boolean', false],
    author_hash: ['varchar', '1'.repeat(32)],
    created_at: ['timestamp', '2026-11-20 05:20:00'],
    collected_at: ['timestamp', '2026-11-20 05:30:00'],
    body: ['varchar', '저도 같은 일이 있었어요'],
    likes: ['bigint', 0],
    dislikes: ['bigint', null],
  },
  score: {
    site: ['varchar', 'bobaedream'],
    board: ['varchar', 'freeb'],
    post_id: ['varchar', '1'],
    collected_at: ['timestamp', '2026-11-20 05:30:00'],
    age_minutes: ['integer', 20],
    comments_seen: ['bigint', 2],
    hot_threshold: ['bigint', 40],
    features: ['varchar', '{}'],
    raw_probability: ['double', 0.4],
    impact: ['double', 3.2],
    reasons: ['varchar', '[]'],
    model_version: ['varchar', 'test'],
    exceedance: ['double', 0.03],
    recent: ['double', 1.5],
    reasons_en: ['varchar', '[]'],
  },
  outcome: {
    kind: ['varchar', 'post'],
    outcome: ['varchar', 'kept'],
    lines: ['bigint', 1],
  },
  summary: {
    site: ['varchar', 'bobaedream'],
    keyword: ['varchar', '코나'],
    posts: ['bigint', 1],
    comments: ['bigint', 2],
    hot_posts: ['bigint', 1],
  },
};

export interface WarehouseFixture extends RedshiftFixture {
  /** Puts rows of a table of a batch as one more Parquet object; posts and comments with what the job and the manifests say of them. */
  put(table: ProcessedTable, batch: string, ...rows: readonly Row[]): Promise<void>;
  /** Puts so many rows as one object; `columns` replaces values, from the row's number `n`. */
  putMany(table: ProcessedTable, batch: string, rowCount: number, columns: string): Promise<void>;
  /** Lets the job have refused so many lines of posts. */
  refuse(batch: string, lines: number): Promise<void>;
  /** The statements that PrepareLoad builds. */
  statementsOf(batch: string): Promise<string[]>;
  /** Loads a batch as the state machine does. @throws Error with the statement's error. */
  load(batch: string): Promise<void>;
  /** Empties the tables. */
  empty(): Promise<void>;
  /** Empties the tables and removes the objects; quicker than a new warehouse for each test. */
  clear(): Promise<void>;
  /** Every row of every table, but for the moment of loading. */
  everything(): Promise<Record<string, unknown[]>>;
}

const TABLES = [
  'post',
  'post_snapshot',
  'comment',
  'score',
  'summary',
  'summary_hourly',
  'alert',
  'outcome',
  'post_gone',
  'alarm_cut',
  'calibration',
  'stability',
  'feedback',
];

/** A migrated warehouse behind the stand-in, and the objects that the job would have written. */
export async function warehouseFixture(options: Parameters<typeof redshiftFixture>[0] = {}): Promise<WarehouseFixture> {
  const redshift = await redshiftFixture(options);
  await migrate({ warehouse: redshift.warehouse, migrations });
  const rows = new Map<string, { post: number; comment: number; refused: number }>();
  const rowsOf = (batch: string) => rows.get(batch) ?? { post: 0, comment: 0, refused: 0 };
  const manifestKey = (batch: string) => objectKeys.manifest(batch, 'extract', 'fixture');
  const statementsOf = async (batch: string) => {
    const { post, comment: comments, refused } = rowsOf(batch);
    const posts = post + refused;
    const store: PrepareLoadDependencies['store'] = {
      bucket: BUCKET,
      list: (prefix) => (prefix.startsWith('manifest/') ? Promise.resolve([manifestKey(batch)]) : redshift.objectKeys(prefix)),
      readJson: (_key, schema) =>
        Promise.resolve(schema.parse({ batch, stage: 'extract', part: 'fixture', site: null, counts: { posts, comments }, problems: [] })),
    };
    return (await prepareLoad({ batch, executionName: batch }, { store, copyRoleArn: COPY_ROLE_ARN })).sqls;
  };
  const put: WarehouseFixture['put'] = async (table, batch, ...records) => {
    const prefix = objectKeys.processed(table, batch);
    const part = (await redshift.objectKeys(prefix)).length;
    await redshift.putParquet(`${prefix}part-${part}.parquet`, selectOf(table, ...records));
    await count(table, batch, records.length);
  };
  const putMany: WarehouseFixture['putMany'] = async (table, batch, rowCount, columns) => {
    const query = `select * exclude (n) replace (${columns}) from (${selectOf(table, {})}), range(${rowCount}) as r(n)`;
    await redshift.putParquet(`${objectKeys.processed(table, batch)}part-0.parquet`, query);
    await count(table, batch, rowCount);
  };
  const count = async (table: ProcessedTable | 'refused', batch: string, more: number) => {
    if (table !== 'post' && table !== 'comment' && table !== 'refused') return;
    const counted = { ...rowsOf(batch), [table]: rowsOf(batch)[table] + more };
    rows.set(batch, counted);
    const outcomes: Row[] = (['post', 'comment'] as const).map((kind) => ({ kind, lines: counted[kind] }));
    if (counted.refused > 0) outcomes.push({ outcome: 'malformed_json', lines: counted.refused });
    await redshift.putParquet(`${objectKeys.processed('outcome', batch)}part-0.parquet`, selectOf('outcome', ...outcomes));
  };
  const empty = () => redshift.warehouse.transact([...TABLES, 'load_ledger'].map((table) => `delete from community.${table}`));
  return {
    ...redshift,
    statementsOf,
    put,
    putMany,
    refuse: (batch, lines) => count('refused', batch, lines),
    async load(batch) {
      const statement = await redshift.batch(...(await statementsOf(batch)));
      if (statement.Status !== 'FINISHED') throw new Error(statement.Error);
    },
    empty,
    async clear() {
      await empty();
      await redshift.removeObjects('processed');
      await redshift.removeObjects('raw');
      rows.clear();
    },
    async everything() {
      const tables = TABLES.map(
        async (table) => [table, sorted(await redshift.warehouse.read(`select * from community.${table}`))] as const,
      );
      const ledger = await redshift.warehouse.read(
        'select batch, posts, comments, scores, summaries from community.load_ledger order by batch',
      );
      return { ...Object.fromEntries(await Promise.all(tables)), load_ledger: ledger };
    },
  };
}

/** Rows as a query of DuckDB; what a row does not name has its usual value. */
export function selectOf(table: ProcessedTable, ...rows: readonly Row[]): string {
  const columns = Object.entries(COLUMNS[table]);
  const values = rows.map((row) => {
    const ofRow = columns.map(([name, [, usual]]) => literal((Object.hasOwn(row, name) ? row[name] : usual) ?? null));
    return `(${ofRow.join(', ')})`;
  });
  const typed = columns.map(([name, [type]]) => `${name}::${type} as ${name}`);
  return `select ${typed.join(', ')} from (values ${values.join(', ')}) as given(${columns.map(([name]) => name).join(', ')})`;
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function sorted(rows: readonly unknown[]): unknown[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
