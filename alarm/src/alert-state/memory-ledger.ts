import type { MessageLedger, Taken, UnfinishedEntry } from './message-ledger.ts';

interface Item {
  status: 'claimed' | 'sent' | 'stored';
  batch: string;
  payload: string;
  listed: boolean;
  owner: string;
  until: number;
  mayRepeat: boolean;
  sentAt: string;
  repeated: boolean;
}

/** The ledger in memory, for tests: held to the same contract as the one in DynamoDB by dynamo-ledger.test.ts. */
export function memoryLedger(): MessageLedger & { readonly items: ReadonlyMap<string, Readonly<Item>> } {
  const items = new Map<string, Item>();
  const fresh = { owner: '', until: 0, mayRepeat: false, sentAt: '', repeated: false };
  const claimed = (key: string) => [items.get(key)].filter((item) => item?.status === 'claimed')[0];

  // Each method works in one go, as one conditional write does; promises only at its end.
  return {
    items,
    claim({ key, batch, payload }, { listed }) {
      if (!items.has(key)) items.set(key, { ...fresh, status: 'claimed', batch, payload, listed });
      return Promise.resolve();
    },
    take(key, lease) {
      const item = claimed(key);
      if (!item) return Promise.resolve<Taken>({ kind: 'done' });
      if (item.until > lease.now) return Promise.resolve<Taken>({ kind: 'held', until: item.until });
      const taken: Taken = { kind: 'ours', payload: item.payload, mayRepeat: item.mayRepeat };
      Object.assign(item, { owner: lease.owner, until: lease.until, mayRepeat: true });
      return Promise.resolve(taken);
    },
    renew(key, lease) {
      const item = claimed(key);
      if (item?.owner !== lease.owner) return Promise.resolve(false);
      item.until = lease.until;
      return Promise.resolve(true);
    },
    release(key, owner, { mayRepeat }) {
      const item = claimed(key);
      if (item?.owner === owner) Object.assign(item, { owner: '', until: 0, mayRepeat });
      return Promise.resolve();
    },
    recordSent(key, { sentAt, repeated, store }) {
      const item = claimed(key);
      if (item) Object.assign(item, { status: store ? 'sent' : 'stored', sentAt, repeated });
      return Promise.resolve();
    },
    cover({ key, batch, payload, now }) {
      const item = items.get(key);
      if (!item) items.set(key, { ...fresh, status: 'stored', batch, payload, listed: false });
      else if (item.status === 'claimed' && item.until <= now) item.status = 'stored';
      return Promise.resolve();
    },
    markStored(key) {
      const item = items.get(key);
      if (item?.status === 'sent') item.status = 'stored';
      return Promise.resolve();
    },
    unfinished() {
      const entries = [...items].flatMap(([key, { status, batch, payload, listed, sentAt, repeated }]): UnfinishedEntry[] =>
        listed && status !== 'stored' ? [{ key, status, batch, payload, sentAt, repeated }] : [],
      );
      return Promise.resolve(entries.sort((a, b) => (a.batch < b.batch ? -1 : 1)));
    },
  };
}
