import { startAlertTables, type AlertTables } from './alert-table-fixture.ts';
import { dynamoLedger } from './dynamo-ledger.ts';
import { memoryLedger } from './memory-ledger.ts';
import type { MessageLedger } from './message-ledger.ts';

let tables: AlertTables;
beforeAll(async () => {
  tables = await startAlertTables();
});
afterAll(() => tables.stop());

async function onDynamo(): Promise<MessageLedger> {
  return dynamoLedger(await tables.create(), tables.client);
}

describe.each([
  ['in DynamoDB', onDynamo],
  ['in memory', () => Promise.resolve(memoryLedger())],
])('the ledger %s', (_where, open) => {
  const entry = { key: 'alert#clien#cm_car#1#hot', batch: '20261120T053000Z', payload: '{"title":"하나"}' };
  const lease = (owner: string, now: number) => ({ owner, now, until: now + 100 });
  const sent = { sentAt: '2026-11-20T05:31:00Z', repeated: false, store: true };
  let ledger: MessageLedger;

  beforeEach(async () => {
    ledger = await open();
    await ledger.claim(entry, { listed: true });
  });

  it('gives a claim to one of two that take it at once', async () => {
    const taken = await Promise.all([ledger.take(entry.key, lease('a', 1000)), ledger.take(entry.key, lease('b', 1000))]);

    expect(taken.map(({ kind }) => kind).sort()).toEqual(['held', 'ours']);
    expect(taken.find(({ kind }) => kind === 'ours')).toEqual({ kind: 'ours', payload: entry.payload, mayRepeat: false });
  });

  it('keeps the first claim when the message is claimed again', async () => {
    await ledger.claim({ ...entry, payload: '{"title":"둘"}' }, { listed: true });

    expect(await ledger.take(entry.key, lease('a', 1000))).toMatchObject({ payload: entry.payload });
  });

  it('gives an abandoned claim to the next after the lease, as a possible repeat', async () => {
    await ledger.take(entry.key, lease('a', 1000));

    expect(await ledger.take(entry.key, lease('b', 1050))).toEqual({ kind: 'held', until: 1100 });
    expect(await ledger.take(entry.key, lease('b', 1100))).toMatchObject({ kind: 'ours', mayRepeat: true });
    expect(await ledger.renew(entry.key, lease('a', 1101))).toBe(false);
    expect(await ledger.renew(entry.key, lease('b', 1150))).toBe(true);
    expect(await ledger.take(entry.key, lease('c', 1220))).toEqual({ kind: 'held', until: 1250 });
  });

  it('gives a released claim at once, and as a repeat only when it may be one', async () => {
    await ledger.take(entry.key, lease('a', 1000));
    await ledger.release(entry.key, 'a', { mayRepeat: false });
    expect(await ledger.take(entry.key, lease('b', 1001))).toMatchObject({ kind: 'ours', mayRepeat: false });

    await ledger.release(entry.key, 'b', { mayRepeat: true });
    expect(await ledger.take(entry.key, lease('c', 1002))).toMatchObject({ kind: 'ours', mayRepeat: true });
  });

  it('lets only the holder release', async () => {
    await ledger.take(entry.key, lease('a', 1000));
    await ledger.release(entry.key, 'b', { mayRepeat: false });

    expect(await ledger.take(entry.key, lease('b', 1001))).toMatchObject({ kind: 'held' });
  });

  it('lists a message until it is stored, and never gives it again after it was sent', async () => {
    expect(await ledger.unfinished()).toEqual([{ ...entry, status: 'claimed', sentAt: '', repeated: false }]);
    await ledger.take(entry.key, lease('a', 1000));
    await ledger.recordSent(entry.key, sent);

    expect(await ledger.take(entry.key, lease('b', 9000))).toEqual({ kind: 'done' });
    expect(await ledger.unfinished()).toEqual([{ ...entry, status: 'sent', sentAt: sent.sentAt, repeated: false }]);
    await ledger.markStored(entry.key);
    expect(await ledger.unfinished()).toEqual([]);
    expect(await ledger.take(entry.key, lease('b', 9000))).toEqual({ kind: 'done' });
  });

  it('lists the oldest batch first, and nothing that was claimed unlisted', async () => {
    await ledger.claim({ ...entry, key: 'alert#clien#cm_car#0#hot', batch: '20261120T050000Z' }, { listed: true });
    await ledger.claim({ ...entry, key: 'failure#20261120T050000Z' }, { listed: false });

    expect((await ledger.unfinished()).map(({ batch }) => batch)).toEqual(['20261120T050000Z', '20261120T053000Z']);
  });

  it('forgets a message that is recorded and need not be stored', async () => {
    await ledger.take(entry.key, lease('a', 1000));
    await ledger.recordSent(entry.key, { ...sent, store: false });

    expect(await ledger.unfinished()).toEqual([]);
    expect(await ledger.take(entry.key, lease('b', 9000))).toEqual({ kind: 'done' });
  });

  it('covers a claim that nobody sends, and one that is not there yet', async () => {
    const other = { ...entry, key: 'alert#clien#cm_car#2#hot' };
    await ledger.cover({ ...entry, now: 1000 });
    await ledger.cover({ ...other, now: 1000 });
    await ledger.claim(other, { listed: true });

    expect(await ledger.take(entry.key, lease('a', 1000))).toEqual({ kind: 'done' });
    expect(await ledger.take(other.key, lease('a', 1000))).toEqual({ kind: 'done' });
    expect(await ledger.unfinished()).toEqual([]);
  });

  it('does not cover what is being sent or was sent', async () => {
    await ledger.take(entry.key, lease('a', 1000));
    await ledger.cover({ ...entry, now: 1050 });
    await ledger.recordSent(entry.key, sent);
    await ledger.cover({ ...entry, now: 9000 });

    expect(await ledger.unfinished()).toMatchObject([{ status: 'sent' }]);
  });
});
