import { fill, statementsOf } from './sql-text.ts';

it('splits at semicolons outside texts, names and comments', () => {
  const file = `-- first; it's not a statement\nselect ';', "a;b" -- here; neither\nfrom t;\n/* nor; here */ select 4 / 2 - 1;\n`;

  expect(statementsOf(file)).toEqual([`select ';', "a;b" \nfrom t`, 'select 4 / 2 - 1']);
});

it('takes a last statement without a semicolon, and a last comment', () => {
  expect(statementsOf('select 1\n-- end')).toEqual(['select 1']);
});

it('fills places, and names one that has no constant', () => {
  expect(fill(`copy \${table} from '\${source}'`, { table: 'a', source: 's3://$&/' })).toBe(`copy a from 's3://$&/'`);
  expect(() => fill('select ${missing}', {})).toThrow(/missing/);
});
