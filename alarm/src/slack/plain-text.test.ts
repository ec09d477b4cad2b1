import { alertOf } from '../alarm/alarm-fixture.ts';
import { alertMessage } from '../alarm/alert-message.ts';
import { mailOf, slackPlainText } from './plain-text.ts';

it('reads a message as a person would in plain text', () => {
  expect(slackPlainText('*<https://example.com/?a=1&amp;b=2|A &lt;b&gt;>* &amp;amp; c')).toBe(
    'A <b> (https://example.com/?a=1&b=2) &amp; c',
  );
});

it('makes a mail of a warning: what, how fast, why, and where', () => {
  const { subject, text } = mailOf(alertMessage(alertOf(), false, 'ko'));

  expect(subject).toMatch(/^\[주의\] hot · 빠르게 번지는 글: 코나 일렉트릭/);
  expect(subject.length).toBeLessThan(100);
  expect(text).toContain('코나 일렉트릭 출고 이틀 만에 멈췄습니다 (https://www.bobaedream.co.kr/view?code=national&No=2000001)');
  expect(text).toContain('댓글: 37개 (화제 기준 120개), 최근 30분 18개');
  expect(text).toContain('왜 알리나\n• 같은 나이의 화제 글만큼 댓글이 빠릅니다');
});

it('has a subject of one line whatever comes', () => {
  expect(mailOf({ text: 'a\nb\u0007\t c' })).toEqual({ subject: 'a b c', text: 'a\nb\u0007\t c' });
  expect(mailOf({ text: '' }).subject).toBe('hotpost');
});
