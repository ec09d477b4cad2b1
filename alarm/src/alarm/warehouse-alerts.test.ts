import type { TransactionalWarehouse, WarehouseRow } from '../../../common/warehouse.ts';
import { alertOf, BATCH } from './alarm-fixture.ts';
import { warehouseAlerts } from './warehouse-alerts.ts';

function warehouseOf(rows: WarehouseRow[]) {
  const executed: { sql: string; parameters: object }[] = [];
  const warehouse: TransactionalWarehouse = {
    transact: () => Promise.reject(new Error('nothing is changed here')),
    read: (_sql, parameters) => Promise.resolve(parameters?.['batch'] === BATCH ? rows : []),
    execute(sql, parameters = {}) {
      executed.push({ sql, parameters });
      return Promise.resolve(1);
    },
  };
  return { alerts: warehouseAlerts(warehouse), executed };
}

const row = {
  site: 'bobaedream',
  board: 'national',
  post_id: '2000001',
  url: 'https://www.bobaedream.co.kr/view?code=national&No=2000001',
  title: '코나',
  body: '멈췄습니다',
  keywords: '["코나","화재"]',
  age_minutes: 42,
  comments_seen: 37,
  hot_threshold: 120,
  raw_probability: 0.18,
  impact: 1.96,
  odds_factor: 1.5,
  reasons: '["댓글이 빠릅니다"]',
  reasons_en: '["comments come fast"]',
  model_version: 'test-1',
  features: '{"comments_last_30":18}',
  told_level: null,
  told_comments: null,
  told_at: null,
  alert_level: 'hot',
};

it('makes alerts of rows', async () => {
  const told = { told_level: 'hot', told_comments: 20, told_at: '2026-11-20 05:00:12.5' };

  expect(await warehouseOf([{ ...row, ...told }]).alerts.due(BATCH)).toEqual([
    {
      ...alertOf({ body: '멈췄습니다', title: '코나', odds_factor: 1.5, reasons_en: ['comments come fast'] }),
      keywords: ['코나', '화재'],
      reasons: ['댓글이 빠릅니다'],
      comments_last_30: 18,
      told: { level: 'hot', comments_seen: 20, sent_at: '2026-11-20T05:00:12Z' },
    },
  ]);
});

it('warns although reasons are no list, figures are text and optional columns are null', async () => {
  const poor = {
    ...row,
    reasons: 'so',
    comments_seen: '37',
    raw_probability: null,
    impact: '2.5',
    url: null,
    title: null,
    body: null,
    reasons_en: null,
    features: 'so',
  };

  expect(await warehouseOf([poor]).alerts.due(BATCH)).toMatchObject([
    {
      reasons: [],
      comments_seen: 37,
      raw_probability: null,
      impact: 2.5,
      url: '',
      title: '',
      body: '',
      reasons_en: [],
      comments_last_30: null,
      told: null,
    },
  ]);
});

it('names the column that is not as the statement promises', async () => {
  await expect(warehouseOf([{ ...row, alert_level: 'tepid' }]).alerts.due(BATCH)).rejects.toMatchObject({
    name: 'WarehouseError',
    message: expect.stringContaining('alert_level') as string,
  });
});

it('binds every parameter that the insert names, and no other', async () => {
  const { alerts, executed } = warehouseOf([]);
  await alerts.store({ alert: alertOf({ impact: null }), sentAt: '2026-11-20T05:33:20Z', repeated: true });

  const [statement] = executed;
  const named = new Set([...(statement?.sql ?? '').matchAll(/:(\w+)/g)].map(([, name]) => name));
  expect(new Set(Object.keys(statement?.parameters ?? {}))).toEqual(named);
  expect(statement?.parameters).toMatchObject({ sent_at: '2026-11-20 05:33:20', repeated: true, impact: 'none' });
});
