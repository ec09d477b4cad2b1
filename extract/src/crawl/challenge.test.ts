import { isChallenge } from './challenge.ts';

const page = (title: string, body = '') => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

it.each([
  ['Cloudflare waits', page('Just a moment...'), 503],
  ['Cloudflare waits in Korean', page('잠시만 기다리십시오…'), 200],
  ['a challenge script runs', page('www.example.kr', '<script>window._cf_chl_opt={cvId:"3"}</script>'), 200],
  ['a captcha stands in the way', page(' 자동등록방지 확인 '), 200],
])('knows that %s', (_, text, status) => {
  expect(isChallenge({ status, text, mitigated: null })).toBe(true);
});

it('believes the header that says so', () => {
  expect(isChallenge({ status: 403, text: '', mitigated: 'challenge' })).toBe(true);
});

it.each([
  ['a post about waiting', page('잠시만 기다려 주세요 | 보배드림')],
  ['a post about captchas', page('보안문자 왜 이래요 : 클리앙')],
  [
    'a page with the script that Cloudflare puts into every page',
    page('글', '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'),
  ],
  ['a long page that quotes one', page('글', `_cf_chl_opt ${'가'.repeat(20_000)}`)],
  ['the alert of a deleted post', "<script>alert('삭제된 글입니다.');history.back();</script>"],
])('lets %s through', (_, text) => {
  expect(isChallenge({ status: 200, text, mitigated: null })).toBe(false);
});
