import { modelLines, pointTo } from './model-pointer.ts';

function bucketOf(objects: Record<string, string>) {
  return {
    list: (prefix: string) => Promise.resolve(Object.keys(objects).filter((key) => key.startsWith(prefix))),
    readJson: <T>(key: string, schema: { parse(value: unknown): T }) => Promise.resolve(schema.parse(JSON.parse(objects[key] ?? 'null'))),
    write: (key: string, text: string) => Promise.resolve(void (objects[key] = text)),
  };
}

it('goes back to an older model, pinned, and marks it', async () => {
  const assets = bucketOf({ 'model/a-1.json': '{}', 'model/b-2.json': '{}', 'model/current.json': '{"model_version":"b-2"}' });
  expect(await modelLines(assets)).toEqual(['  a-1', '* b-2  scores']);

  await pointTo('a-1', assets);

  expect(await modelLines(assets)).toEqual(['* a-1  scores, pinned: a later start leaves it', '  b-2']);
});

it('takes the pin away with the model that the checkout ships', async () => {
  const assets = bucketOf({ 'model/a-1.json': '{}', 'model/current.json': '{"model_version":"a-0","pinned":true}' });

  await pointTo('a-1', assets, 'a-1');

  expect(await modelLines(assets)).toEqual(['* a-1  scores']);
});

it('refuses a model that is not there, and names those that are', async () => {
  const assets = bucketOf({ 'model/a-1.json': '{}', 'model/current.json': '{"model_version":"a-1"}' });

  await expect(pointTo('current', assets)).rejects.toThrow('There is no model "current". There are: a-1.');
});
