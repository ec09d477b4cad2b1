import fc from 'fast-check';

/** One change of a page. `at`, `to` and `length` are shares of the text, 0 to 1; `nth` picks one of what is there. */
type Mutation =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'delete' | 'duplicate'; readonly at: number; readonly to: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'swap'; readonly nth: number; readonly other: number }
  | { readonly kind: 'number' | 'time' | 'word' | 'close'; readonly nth: number; readonly text: string };

const NUMBERS = ['0', '-1', '1e999', '9'.repeat(16), '9'.repeat(400), '1,2,3', '0.5', 'NaN', '', '１２', '4.6 M', '99999999억', '00'];
const TIMES = [
  '99:99',
  '13/45',
  '0000-00-00 00:00:00',
  '9999.12.31 (월) 23:59',
  '2026-02-30 10:00:00',
  '26.99.99 99:99',
  '어제',
  'Invalid Date',
];
const INSERTS = [
  '<div>'.repeat(3000),
  '</div>'.repeat(500),
  '<svg/>'.repeat(500),
  '<!--',
  '<script>',
  '</html>',
  '\u0000',
  '\ud83d',
  '<',
  '&#99999999;',
  '"',
  `<a ${'x="y" '.repeat(500)}>`,
  'ㄱ'.repeat(5000),
];

const share = fc.double({ min: 0, max: 1, noNaN: true });
const small = fc.double({ min: 0, max: 0.2, noNaN: true });
const nth = fc.nat(1000);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: share }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'duplicate' as const), at: share, to: share, length: small }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: share,
    text: fc.oneof(fc.constantFrom(...INSERTS), fc.string({ unit: 'binary' })),
  }),
  fc.record({ kind: fc.constant('swap' as const), nth, other: nth }),
  fc.record({ kind: fc.constant('number' as const), nth, text: fc.constantFrom(...NUMBERS) }),
  fc.record({ kind: fc.constant('time' as const), nth, text: fc.constantFrom(...TIMES) }),
  fc.record({
    kind: fc.constant('word' as const),
    nth,
    text: fc.constantFrom('', 'x', 'constructor', '__proto__', '삭제', 'a'.repeat(3000)),
  }),
  fc.record({ kind: fc.constant('close' as const), nth, text: fc.constantFrom('', '</p>', '<br>', '</body></html>') }),
);

/** For tests: up to five changes at once. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 5 });

/** A page after its changes, one after the other. */
export function mutated(page: string, changes: readonly Mutation[]): string {
  return changes.reduce(changed, page);
}

function changed(text: string, change: Mutation): string {
  const position = (part: number) => Math.floor(part * text.length);
  switch (change.kind) {
    case 'cut':
      return text.slice(0, position(change.at));
    case 'insert':
      return text.slice(0, position(change.at)) + change.text + text.slice(position(change.at));
    case 'delete':
      return text.slice(0, position(change.at)) + text.slice(position(change.at) + position(change.length));
    case 'duplicate': {
      const slice = text.slice(position(change.at), position(change.at) + position(change.length));
      return text.slice(0, position(change.to)) + slice + text.slice(position(change.to));
    }
    case 'swap':
      return swapped(text, change.nth, change.other);
    case 'number':
      return replaced(text, /\d[\d,.]*/g, change);
    case 'time':
      return replaced(text, /\d{2,4}[-./]\d\d(?:[-./]\d\d)?(?:[^\d<]{1,12}\d\d:\d\d(?::\d\d)?)?|\d\d:\d\d/g, change);
    case 'word':
      return replaced(text, /[\w-]{3,}|[가-힣]+/g, change);
    case 'close':
      return replaced(text, /<\/\w+>/g, change);
  }
}

/** Puts a text in place of one match. */
function replaced(page: string, pattern: RegExp, { nth: number, text }: { nth: number; text: string }): string {
  const matches = [...page.matchAll(pattern)];
  const match = matches[number % Math.max(1, matches.length)];
  return match ? page.slice(0, match.index) + text + page.slice(match.index + match[0].length) : page;
}

/** Lets two tags change places. */
function swapped(page: string, one: number, other: number): string {
  const tags = [...page.matchAll(/<[^<>]*>/g)];
  const [first, second] = [tags[one % Math.max(1, tags.length)], tags[other % Math.max(1, tags.length)]].sort(
    (left, right) => (left?.index ?? 0) - (right?.index ?? 0),
  );
  if (!first || !second || first.index === second.index) return page;
  const between = page.slice(first.index + first[0].length, second.index);
  return page.slice(0, first.index) + second[0] + between + first[0] + page.slice(second.index + second[0].length);
}
