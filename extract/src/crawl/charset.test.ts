import iconv from 'iconv-lite';
import { decodePage } from './charset.ts';

/** 뷁, 똠 and 햏 are no syllables of KS X 1001, which strict euc-kr decoders know alone. */
const TEXT = '뷁 햏 똠방각하: 그랜저 결함, 펲시';
const utf8 = (text: string) => Buffer.from(text);
const cp949 = (text: string) => iconv.encode(text, 'cp949');
const page = (charset: string) =>
  `<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head><body>${TEXT}`;

describe('cp949 by any of its names', () => {
  it.each(['euc-kr', 'EUC_KR', 'ks_c_5601', 'ks_c_5601-1987', 'KSC5601', 'cp949', 'ms949', 'windows-949', 'x-windows-949', 'uhc'])(
    'is what a header means by %s',
    (label) => {
      expect(decodePage(cp949(TEXT), `text/html; charset=${label}`, 'utf-8')).toEqual({ text: TEXT, encoding: 'cp949' });
    },
  );

  it.each(['euc-kr', 'ks_c_5601-1987', 'ms949', 'cp949'])('is what a meta tag alone means by %s', (label) => {
    expect(decodePage(cp949(page(label)), 'text/html', 'utf-8')).toEqual({ text: page(label), encoding: 'cp949' });
  });

  it('is found where nothing says so', () => {
    expect(decodePage(cp949(TEXT), null, 'utf-8')).toEqual({ text: TEXT, encoding: 'cp949' });
  });
});

describe('UTF-8', () => {
  it.each([
    ['the header', utf8(TEXT), 'text/html; charset="UTF-8"'],
    ['the meta tag', utf8(page('utf-8')), 'text/html'],
    ['the bytes alone', utf8(TEXT), null],
  ])('is known by %s', (_, bytes, contentType) => {
    expect(decodePage(bytes, contentType, 'utf-8')).toEqual({ text: bytes.toString(), encoding: 'utf-8' });
  });

  it('is known by its BOM, which is no text', () => {
    expect(decodePage(utf8(`\ufeff${TEXT}`), 'text/html; charset=euc-kr', 'cp949')).toEqual({ text: TEXT, encoding: 'utf-8' });
  });

  it('is kept for a page that cuts a syllable in two', () => {
    const cut = Buffer.concat([utf8(TEXT), utf8('글').subarray(0, 2), utf8('…</html>')]);

    expect(decodePage(cut, 'text/html; charset=utf-8', 'utf-8')).toEqual({ text: cut.toString(), encoding: 'utf-8' });
    expect(decodePage(cut, 'text/html', 'cp949').encoding).toBe('utf-8');
  });
});

describe('bytes that contradict what was declared', () => {
  it.each([
    ['a header of utf-8 over cp949', cp949(TEXT), 'text/html; charset=utf-8', 'cp949'],
    ['a header of euc-kr over UTF-8', utf8(`${TEXT}.`), 'text/html; charset=euc-kr', 'utf-8'],
    ['a meta tag of utf-8 over cp949', cp949(page('utf-8')), 'text/html', 'cp949'],
    ['a meta tag of euc-kr over UTF-8', utf8(page('euc-kr')), 'text/html', 'utf-8'],
    ['a server that calls everything latin1', cp949(TEXT), 'text/html; charset=ISO-8859-1', 'cp949'],
  ])('overrule %s', (_, bytes, contentType, encoding) => {
    const decoded = decodePage(bytes, contentType, 'utf-8');

    expect(decoded.encoding).toBe(encoding);
    expect(decoded.text).toContain('뷁 햏 똠방각하: 그랜저 결함, 펲시');
  });

  it('do not where one cp949 character is broken', () => {
    const bytes = Buffer.concat([cp949(TEXT), Buffer.from([0xb0]), cp949('</html>')]);

    expect(decodePage(bytes, 'text/html; charset=euc-kr', 'utf-8')).toMatchObject({
      encoding: 'cp949',
      text: expect.stringContaining(TEXT) as string,
    });
  });
});

describe('a fragment that says nothing', () => {
  it('takes the encoding of its page where its few bytes read well both ways', () => {
    const ambiguous = cp949('징');

    expect(decodePage(ambiguous, 'text/html', 'cp949')).toEqual({ text: '징', encoding: 'cp949' });
    expect(decodePage(ambiguous, 'text/html', 'utf-8').encoding).toBe('utf-8');
  });

  it('hands the encoding of its page on where it is plain ASCII', () => {
    expect(decodePage(utf8('<li>1</li>'), null, 'cp949')).toEqual({ text: '<li>1</li>', encoding: 'cp949' });
  });

  it('is decoded by its bytes where they leave no doubt', () => {
    expect(decodePage(cp949(TEXT), 'text/html', 'utf-8').text).toBe(TEXT);
    expect(decodePage(utf8(`${TEXT}.`), 'text/html', 'cp949').text).toBe(`${TEXT}.`);
  });
});
