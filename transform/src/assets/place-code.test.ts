import { InvalidObjectError, MissingObjectError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { placeCode } from './place-code.ts';

const { job, jobModules, placedCode } = assetKeys;

/** A bucket whose writes fail after so many. */
function bucket(initial: Record<string, string> = {}) {
  const objects = new Map(Object.entries(initial));
  let writesLeft = Infinity;
  const write = (key: string, text: string) => {
    writesLeft -= 1;
    if (writesLeft < 0) return Promise.reject(new Error('the deployment ended'));
    return Promise.resolve(void objects.set(key, text));
  };
  return {
    objects,
    failAfter: (writes: number) => (writesLeft = writes),
    assets: {
      bucket: 'assets',
      readBytes: (key: string) => {
        const found = objects.get(key);
        return found === undefined ? Promise.reject(new MissingObjectError(key)) : Promise.resolve(Buffer.from(found));
      },
      readJson: (key: string, schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }) => {
        const found = objects.get(key);
        if (found === undefined) return Promise.reject(new MissingObjectError(key));
        const parsed = schema.safeParse(found.startsWith('{"') ? JSON.parse(found) : undefined);
        return parsed.success ? Promise.resolve(parsed.data as never) : Promise.reject(new InvalidObjectError(key));
      },
      write,
      writeBytes: (key: string, bytes: Uint8Array) => write(key, Buffer.from(bytes).toString()),
    },
  };
}
type Bucket = ReturnType<typeof bucket>;
const release = (name: string, { assets }: Bucket, modules = name) =>
  placeCode({ [job]: Buffer.from(`job ${name}`), [jobModules]: Buffer.from(`modules ${modules}`) }, assets);
const stored = ({ objects }: Bucket) => [objects.get(job), objects.get(jobModules)];

it.each([0, 1, 2])('goes on with the next release when one ended after %i writes, also in a bucket without a list', async (writes) => {
  for (const initial of [{}, { [job]: 'job 0', [jobModules]: 'modules 0' }]) {
    const one = bucket(initial);
    one.failAfter(writes);
    await expect(release('1', one)).rejects.toThrow('the deployment ended');
    one.failAfter(Infinity);

    expect(await release('2', one)).toEqual([]);
    expect(stored(one)).toEqual(['job 2', 'modules 2']);
  }
});

it('goes on after an older release without a list has put its own back', async () => {
  const one = bucket({ [job]: 'job 0', [jobModules]: 'modules 0' });
  await release('1', one);
  one.objects.set(job, 'job 0').set(jobModules, 'modules 0');

  expect(await release('2', one)).toEqual([]);
});

it('knows a job that has not changed for longer than the list is', async () => {
  const one = bucket();
  for (let number = 0; number < 250; number += 1) await release('same', one, String(number));

  expect(await release('new', one)).toEqual([]);
});

it('leaves a job of a person alone, also when the modules are replaced', async () => {
  const one = bucket();
  await release('1', one);
  one.objects.set(job, 'their own');

  expect(await release('2', one)).toEqual([job]);
  expect(stored(one)).toEqual(['their own', 'modules 2']);
});

it.each(['{', '', '{"placed":"x"}', '{"placed":[1]}'])('says what to do when the list is %j, and touches nothing', async (list) => {
  const one = bucket({ [job]: 'their own', [placedCode]: list });

  await expect(release('1', one)).rejects.toThrow(/placed\.json cannot be read.*Save what is yours.*deploy again/);
  expect(one.objects.get(job)).toBe('their own');
});
