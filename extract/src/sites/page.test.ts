import { load, type CheerioAPI } from 'cheerio';
import { LayoutChangedError } from '../../../common/errors.ts';
import { fixture } from './fixture.ts';
import { oneLine, openPage, personName, plainText, required } from './page.ts';
import * as bobaedream from './bobaedream/selectors.ts';
import * as clien from './clien/selectors.ts';

/** What each selector of a map finds: the text of every element, and its attributes. */
function found($: CheerioAPI, selectors: Readonly<Record<string, string>>) {
  return Object.entries(selectors)
    .filter(([name]) => name !== 'deletedMark')
    .map(([name, selector]) => [
      name,
      $(selector)
        .toArray()
        .map((element) => [oneLine($(element)), $(element).attr()]),
    ]);
}

it.each([
  ['bobaedream', 'post', { ...bobaedream.post, ...bobaedream.comments }],
  ['bobaedream', 'list', bobaedream.list],
  ['bobaedream', 'search', bobaedream.search],
  ['clien', 'list', clien.list],
  ['clien', 'post', { ...clien.post, ...clien.comments }],
])('finds in %s’s %s what full cheerio finds with a browser’s parser', (site, name, selectors) => {
  const html = fixture(site, name);

  const slim = found(openPage(html), selectors);

  expect(slim.flat(2).length).toBeGreaterThan(10);
  expect(slim).toEqual(found(load(html), selectors));
});

it('finds below several elements what lies below both only once, in order', () => {
  const $ = openPage('<div><p id="a"></p><div><p id="b"></p></div></div><p id="c"></p>');

  expect(
    $('div')
      .find('p')
      .toArray()
      .map((element) => element.attribs['id']),
  ).toEqual(['a', 'b']);
  expect($('p')).toHaveLength(3);
});

it('refuses a page that nests too deep or holds too much', () => {
  expect(() => openPage('<div>'.repeat(2000))).toThrow(LayoutChangedError);
  expect(() => openPage('<i></i>'.repeat(150_000))).toThrow(LayoutChangedError);
  expect(openPage('<div>'.repeat(900))('div')).toHaveLength(900);
});

it('writes visible text in the lines that a screen shows', () => {
  const $ = openPage(
    '<div>하나\n 둘<br>셋<p>넷</p><script>x()</script><style>y</style><ul><li>다섯<li>여섯</ul>\u0000일곱&nbsp; 여덟</div>',
  );

  expect(plainText($('div'))).toBe('하나 둘\n셋\n넷\n다섯\n여섯\n일곱 여덟');
});

it('cuts text to what the contract takes, and leaves no half of a character', () => {
  const $ = openPage(`<p>${'🚗'.repeat(60_000)}</p><i>${'🚗'.repeat(3000)}</i>`);

  expect(plainText($('p'))).toHaveLength(100_000);
  expect(oneLine($('i'))).toHaveLength(2000);
  expect(oneLine('a\ud83d')).toBe('a\ufffd');
});

it('takes a name from a text or an image', () => {
  const $ = openPage('<b> 작은  배 </b><i><img alt="조용한\n두루미"></i><u></u>');

  expect([personName($('b')), personName($('i')), personName($('u'))]).toEqual(['작은 배', '조용한 두루미', '']);
});

it('names the field and the file to look at when something is missing', () => {
  expect(() => required('', 'here', '.title')).toThrow(
    'here: .title is missing; compare extract/src/sites/here/selectors.ts with the page',
  );
  expect(required(0, 'here', 'count')).toBe(0);
});
