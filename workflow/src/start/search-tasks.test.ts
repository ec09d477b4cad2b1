import { InvalidEventError, InvalidObjectError } from '../../../common/errors.ts';
import { searchTasks } from './search-tasks.ts';

const keyword = (name: string) => ({ name, spellings: [name] });
const settings = { keywordSetName: 'default', searchFunctions: ['search'] };
const set = {
  keywords: [keyword('kona'), keyword('화재')],
  negative: [],
  boards: ['bobaedream/national', 'bobaedream/freeb', 'clien/cm_car'],
};

it('searches every keyword on every watched site, and every watched board', () => {
  expect(searchTasks(settings, set).map(({ site, kind, term, part }) => `${site} ${kind} ${term}: ${part}`)).toEqual([
    'bobaedream keyword kona: bobaedream-keyword-kona',
    'bobaedream keyword 화재: bobaedream-keyword-def28aae29fa',
    'clien keyword kona: clien-keyword-kona',
    'clien keyword 화재: clien-keyword-def28aae29fa',
    'bobaedream board national: bobaedream-board-national',
    'bobaedream board freeb: bobaedream-board-freeb',
    'clien board cm_car: clien-board-cm_car',
  ]);
});

it('gives every search to every search function, as a part of its own', () => {
  const tasks = searchTasks({ ...settings, searchFunctions: ['one', 'two', 'one'] }, { ...set, keywords: [], boards: ['clien/cm_car'] });

  expect(tasks).toEqual([
    { site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car-1', function: 'one' },
    { site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car-2', function: 'two' },
  ]);
});

it('searches only the sites of a backfill', () => {
  const tasks = searchTasks(settings, set, ['clien']);

  expect(tasks.map(({ part }) => part)).toEqual(['clien-keyword-kona', 'clien-keyword-def28aae29fa', 'clien-board-cm_car']);
});

it('refuses a site that the set does not watch, naming those that it does', () => {
  expect(() => searchTasks(settings, set, ['clien', 'naver'])).toThrow(InvalidEventError);
  expect(() => searchTasks(settings, set, ['clien', 'naver'])).toThrow(
    'Site "naver" is not watched by keyword set "default", which has bobaedream, clien;',
  );
});

it('makes one task of what is named twice', () => {
  const twice = { keywords: [keyword('코나'), keyword('코나')], negative: [], boards: ['clien/cm_car', 'clien/cm_car'] };

  expect(searchTasks(settings, twice)).toHaveLength(2);
});

it('refuses a set that makes more than 150 searches, naming it and the numbers', () => {
  const keywords = Array.from({ length: 40 }, (_, index) => keyword(`k${index}`));
  const wide = { keywords, negative: [], boards: ['aa/x', 'bb/x'] };

  expect(searchTasks(settings, wide)).toHaveLength(82);
  expect(() => searchTasks({ ...settings, searchFunctions: ['one', 'two'] }, wide)).toThrow(InvalidObjectError);
  expect(() => searchTasks({ ...settings, searchFunctions: ['one', 'two'] }, wide)).toThrow(
    '"default" makes 164 searches with 2 search function(s), at most 150',
  );
});

it('leaves the search of the sites unused when the set says so', () => {
  const kinds = searchTasks(settings, { ...set, search: false }).map(({ kind }) => kind);

  expect(kinds).toEqual(['board', 'board', 'board']);
});
