import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { TEST_SEED } from '../../common/seed-fixture.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { communityLog, laptopOn, playNext, removeDirectories, temporaryDirectories, warehouseContents } from './laptop-fixture.ts';
import { expectedRows, lastReadings, storedRows } from './truth.ts';
import { assetKeys } from '../../common/object-keys.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;
let diskIsFull = false;

beforeAll(async () => {
  laptop = await laptopOn(directories, {
    // A page in twenty is cut cleanly, one in thirty breaks off, one in thirty asks to wait.
    faults: { seed: String(TEST_SEED), cut: 0.05, truncated: 0.03, tooMany: 0.03 },
    writeFile: (path, bytes) => {
      if (diskIsFull) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      writeFileSync(path, bytes);
    },
  });
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

const invoke = (logicalId: string, event: unknown) => laptop.runner.invoke(laptop.functionNamed(logicalId).arn, event);
const messageTexts = async () => (await laptop.sink.messages()).map(({ message }) => JSON.stringify(message));

it('reads every page in full although pages break off, are cut, or ask to wait', async () => {
  const [batch] = await playNext(laptop, 1);

  expect(batch?.status).toBe('SUCCEEDED');
  const log = communityLog(directories);
  expect(log.filter(({ fault }) => fault !== undefined).length).toBeGreaterThan(0);
  // A faulty answer is no reading: what counts is what was answered whole.
  const expected = expectedRows(
    laptop,
    lastReadings(log, ({ fault }) => fault === undefined),
  );
  expect(await storedRows(laptop)).toEqual(expected);
});

it('fails a batch whose model is missing, says so in Slack, keeps what is stored, and heals', async () => {
  const before = await warehouseContents(laptop);
  const model = {
    Bucket: laptop.application.buckets.find(({ logicalId }) => logicalId === 'AssetsBucket')?.name ?? '',
    Key: assetKeys.currentModel,
  };
  const { Body } = await laptop.s3.send(new GetObjectCommand(model));
  const bytes = (await Body?.transformToByteArray()) ?? Buffer.of();
  await laptop.s3.send(new DeleteObjectCommand(model));

  const [failed] = await playNext(laptop, 1);

  expect(failed?.status).toBe('FAILED');
  expect(failed?.cause).toContain(assetKeys.currentModel);
  expect((await messageTexts()).at(-1)).toMatch(/Transform.*current\.json/s);
  expect(await warehouseContents(laptop)).toEqual(before);

  await laptop.s3.send(new PutObjectCommand({ ...model, Body: bytes }));
  const [healed] = await playNext(laptop, 1);
  expect(healed).toMatchObject({ status: 'SUCCEEDED', executionName: `${failed?.batch ?? ''}-r1` });
});

it('fails a batch when the disk is full, keeps what is stored, and heals', async () => {
  const before = await warehouseContents(laptop);
  diskIsFull = true;
  const [failed] = await playNext(laptop, 1);
  diskIsFull = false;

  expect(failed?.status).toBe('FAILED');
  expect(`${failed?.error ?? ''} ${failed?.cause ?? ''}`).toMatch(/no space left/i);
  expect((await messageTexts()).at(-1)).toMatch(/no space left/i);
  expect(await warehouseContents(laptop)).toEqual(before);

  const [healed] = await playNext(laptop, 1);
  expect(healed?.status).toBe('SUCCEEDED');
});

it('goes on with the other site when one is down', async () => {
  laptop.community.setDown('clien', true);
  const [batch] = await playNext(laptop, 1);
  laptop.community.setDown('clien', false);

  expect(batch?.status).toBe('SUCCEEDED');
});

it.each([
  [
    'SearchFunction',
    { batch: '20260914T043000Z', keywordSetName: 'default', site: 'daum', kind: 'board', term: 'cars', part: 'daum-board-cars' },
    'UnknownSiteError',
    'daum',
  ],
  [
    'SearchFunction',
    { batch: '20260914', keywordSetName: 'default', site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car' },
    'InvalidEventError',
    'batch: must be',
  ],
  ['PlanFunction', {}, 'InvalidEventError', 'batch'],
  [
    'ExtractFunction',
    { batch: '20260914T043000Z', site: 'clien', part: 'clien-9999', keywordSetName: 'default' },
    'MissingObjectError',
    'plan/20260914T043000Z/clien-9999.json',
  ],
  [
    'StartFunction',
    { batch: '20260914T043000Z', scheduledTime: '2026-09-14T04:30:00Z' },
    'InvalidEventError',
    'either scheduledTime, or batch or backfill',
  ],
])('%s refuses %j', async (logicalId, event, errorType, text) => {
  const result = await invoke(logicalId, event);

  expect(result).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType, errorMessage: expect.stringContaining(text) as string },
  });
});

it('names a taken port and the remedy', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const elsewhere = temporaryDirectories();

  await expect(laptopOn(elsewhere, { port })).rejects.toThrow(
    `Port ${port} is taken by another program. Stop it, or run: npm start -- --port`,
  );

  other.close();
  removeDirectories(elsewhere);
});
