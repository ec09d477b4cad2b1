import { modelLines, pointTo } from './model-pointer.ts';

const OURS = { schema: 3, model_version: 'b-2' };
const model = (model_version: string, schema = 3) => JSON.stringify({ schema, model_version });

function bucketOf(objects: Record<string, string>) {
  return {
    list: (prefix: string) => Promise.resolve(Object.keys(objects).filter((key) => key.startsWith(prefix))),
    readJson: <T>(key: string, schema: { parse(value: unknown): T }) => Promise.resolve(schema.parse(JSON.parse(objects[key] ?? 'null'))),
    write: (key: string, text: string) => Promise.resolve(void (objects[key] = text)),
  };
}

it('goes back to an older model, pinned, and marks it', async () => {
  const assets = bucketOf({ 'model/a-1.json': model('a-1'), 'model/b-2.json': '{}', 'model/current.json': '{"model_version":"b-2"}' });
  expect(await modelLines(assets)).toEqual(['  a-1', '* b-2  scores']);

  await pointTo('a-1', assets, OURS);

  expect(await modelLines(assets)).toEqual(['* a-1  scores, pinned: a later start leaves it', '  b-2']);
});

it('takes the pin away with the model that the checkout ships', async () => {
  const assets = bucketOf({ 'model/a-1.json': model('a-1'), 'model/current.json': '{"model_version":"a-0","pinned":true}' });

  await pointTo('a-1', assets, { schema: 3, model_version: 'a-1' });

  expect(await modelLines(assets)).toEqual(['* a-1  scores']);
});

it('refuses a model that is not there, and names those that are', async () => {
  const assets = bucketOf({ 'model/a-1.json': '{}', 'model/current.json': '{"model_version":"a-1"}' });

  await expect(pointTo('current', assets)).rejects.toThrow('There is no model "current". There are: a-1.');
});

it.each([
  [
    'that the job cannot read',
    model('a-1', 2),
    'Model a-1 has schema 2, this job reads 3; train it again, or deploy the job that it came with.',
  ],
  ['that is another than its name says', model('a-0'), 'model/a-1.json says that it is a-0; store it under that name, and use that.'],
])('refuses a model %s', async (_what, document, sentence) => {
  const assets = bucketOf({ 'model/a-1.json': document, 'model/current.json': '{"model_version":"b-2"}' });

  await expect(pointTo('a-1', assets, OURS)).rejects.toThrow(sentence);
  expect(await modelLines(assets)).toEqual(['  a-1']);
});
