import { InvalidObjectError } from '../../../common/errors.ts';
import { searchTasks } from './search-tasks.ts';

const keyword = (name: string) => ({ name, spellings: [name] });

it('searches every keyword on every watched site, and every watched board', () => {
  const set = {
    keywords: [keyword('코나'), keyword('화재')],
    negative: [],
    boards: ['bobaedream/national', 'bobaedream/freeb', 'clien/cm_car'],
  };

  expect(searchTasks('default', set).map(({ site, kind, term }) => `${site} ${kind} ${term}`)).toEqual([
    'bobaedream keyword 코나',
    'bobaedream keyword 화재',
    'clien keyword 코나',
    'clien keyword 화재',
    'bobaedream board national',
    'bobaedream board freeb',
    'clien board cm_car',
  ]);
});

it('makes one task of what is named twice', () => {
  const set = { keywords: [keyword('코나'), keyword('코나')], negative: [], boards: ['clien/cm_car', 'clien/cm_car'] };

  expect(searchTasks('default', set)).toHaveLength(2);
});

it('refuses a set that makes more than 100 searches, naming it and the number', () => {
  const keywords = Array.from({ length: 40 }, (_, index) => keyword(`k${index}`));
  const set = { keywords, negative: [], boards: ['a1/x', 'b1/x', 'c1/x'] };

  expect(() => searchTasks('wide', set)).toThrow(InvalidObjectError);
  expect(() => searchTasks('wide', set)).toThrow('"wide" makes 123 searches');
});
