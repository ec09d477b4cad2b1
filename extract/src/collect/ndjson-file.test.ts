import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ndjsonFile } from './ndjson-file.ts';
import { readRecords } from './record-fixture.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'ndjson-')), 'records.ndjson');
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { type: string; post_id: string });

it('appends a post with its comments at a time, also when many are written at once', async () => {
  const file = newFile();
  const sink = await ndjsonFile(file);

  await Promise.all(['1', '2', '3'].map((id) => sink.write(readRecords(id, 2))));
  await sink.close();

  expect(linesOf(file).map(({ type, post_id }) => `${type} ${post_id}`)).toEqual(
    ['1', '2', '3'].flatMap((id) => [`post ${id}`, `comment ${id}`, `comment ${id}`]),
  );
});

it('goes on where an earlier run ended', async () => {
  const file = newFile();
  for (const id of ['1', '2']) {
    const sink = await ndjsonFile(file);
    await sink.write(readRecords(id, 0));
    await sink.close();
  }

  expect(linesOf(file).map(({ post_id }) => post_id)).toEqual(['1', '2']);
});

it.each([
  ['a line that a killed run left unfinished', '{"type":"post","post_id":"1"}\n{"type":"comm', ['1', '2']],
  ['one longer than what is read at once', `{"type":"post","post_id":"1"}\n${'x'.repeat(200_000)}`, ['1', '2']],
  ['a file that holds nothing else', '{"type"', ['2']],
])('cuts off %s', async (_, before, expected) => {
  const file = newFile();
  writeFileSync(file, before);
  const sink = await ndjsonFile(file);
  await sink.write(readRecords('2', 0));
  await sink.close();

  expect(linesOf(file).map(({ post_id }) => post_id)).toEqual(expected);
});

it('tells who writes that the file takes no more', async () => {
  const sink = await ndjsonFile(newFile());
  await sink.close();

  await expect(sink.write(readRecords('1'))).rejects.toThrow();
});
