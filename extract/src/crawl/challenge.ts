import type { Answer } from './transport.ts';

/** A challenge holds next to nothing but itself; posts that quote one are longer. */
const LONGEST_CHALLENGE = 16_000;
/** The whole title: a post's page has the site's name behind its own title. */
const WAITING_TITLE =
  /<title>\s*(?:just a moment[.…]*|attention required! \| cloudflare|checking your browser[^<|]*|ddos-guard|잠시만 기다(?:려|리)[^<|:-]{0,20}|(?:captcha|보안 ?문자|자동 ?등록 ?방지|로봇이 아닙니다)[^<|:-]{0,20})\s*<\/title>/i;
/** What Cloudflare's own challenge scripts define. Its /cdn-cgi/challenge-platform/ also stands in pages that were let through. */
const CHALLENGE_SCRIPT = /\b_cf_chl_opt\b|\bcf-browser-verification\b|id=["']challenge-form["']/;

/** Whether an answer is a bot challenge in the place of a page. Conservative: a small page with a mark that nothing else has. */
export function isChallenge({ status, text, mitigated }: Pick<Answer, 'status' | 'text' | 'mitigated'>): boolean {
  if (mitigated === 'challenge') return true;
  if ((status !== 200 && status !== 503) || text.length > LONGEST_CHALLENGE) return false;
  return WAITING_TITLE.test(text) || CHALLENGE_SCRIPT.test(text);
}
