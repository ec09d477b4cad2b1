import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped, link } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { Alert, Level } from './alert.ts';

const HEADERS: Record<Level, string> = {
  hot: '[주의] hot · 빠르게 번지는 글',
  critical: '[긴급] critical · 화제 기준을 넘은 글',
};
const TITLE_LIMIT = 150;
const LIST_LIMIT = 2000;

/** The message about one post. `mayRepeat`: an earlier attempt was never recorded, so the reader may have had it already. */
export function alertMessage(alert: Alert, mayRepeat: boolean): SlackMessage {
  const heading = `${mayRepeat ? '[반복일 수 있음] ' : ''}${HEADERS[alert.level]}`;
  const place = `${siteInWords(alert.site)} ${alert.board}`;
  const comments = `${alert.comments_seen}개 (화제 기준 ${alert.hot_threshold}개)`;
  return {
    text: `${heading}: ${escaped(alert.title, TITLE_LIMIT)} – ${escaped(place, 100)}, 댓글 ${comments}`,
    blocks: [
      header(heading),
      section(`*${link(alert.url, alert.title, TITLE_LIMIT)}*`),
      fields([
        ['사이트 · 게시판', escaped(place, 100)],
        ['글 나이', ageInWords(alert.age_minutes)],
        ['댓글', comments],
        ['화제가 될 확률', probabilityInWords(alert)],
        ['걸린 키워드', escaped(alert.keywords.join(', '), 300)],
      ]),
      ...(alert.reasons.length > 0 ? [section(`*왜 알리나*\n${bulletList(alert.reasons)}`)] : []),
      context(
        [
          ...(mayRepeat ? ['앞선 전송의 결과가 기록되지 않아 다시 보냅니다. 같은 알림을 이미 받으셨을 수 있습니다.'] : []),
          `수집 ${seoulText(instantOf(alert.batch))} (서울) · batch ${alert.batch} · 모델 ${escaped(alert.model_version, 60)}`,
        ].join('\n'),
      ),
    ],
  };
}

function ageInWords(minutes: number): string {
  const whole = Math.floor(minutes);
  const parts: [number, string][] = [
    [Math.floor(whole / 1440), '일'],
    [Math.floor((whole % 1440) / 60), '시간'],
    [whole % 60, '분'],
  ];
  const words = parts.filter(([figure]) => figure > 0).map(([figure, unit]) => `${figure}${unit}`);
  return words.slice(0, 2).join(' ') || '1분 미만';
}

/** As the site's own outcomes correct it, beside the base rate corrected alike. */
function probabilityInWords({ raw_probability: probability, impact, odds_factor: factor }: Alert): string {
  if (probability === null) return '모델이 계산하지 않음';
  const base = impact === null ? undefined : baseRate(probability, impact);
  const said = percent(corrected(probability, factor));
  return base === undefined ? said : `${said} (평소 ${percent(corrected(base, factor))})`;
}

function corrected(probability: number, oddsFactor: number): number {
  return (probability * oddsFactor) / (1 - probability + probability * oddsFactor);
}

/** impact = logit(probability) − logit(base rate), so the two of them tell the base rate; not at 0 and 1, where logit has no value. */
function baseRate(probability: number, impact: number): number | undefined {
  if (probability <= 0 || probability >= 1) return undefined;
  return 1 / (1 + Math.exp(impact - Math.log(probability / (1 - probability))));
}

function percent(share: number): string {
  if (share > 0 && share < 0.001) return '0.1% 미만';
  if (share < 1 && share > 0.999) return '99.9% 초과';
  return `${Number((share * 100).toFixed(1))}%`;
}

/** As many lines as fit; Slack refuses a section over its limit as a whole. */
function bulletList(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const bullet = `• ${escaped(line, 300)}`;
    if (text.length + bullet.length + 1 > LIST_LIMIT) break;
    text += `${text && '\n'}${bullet}`;
  }
  return text;
}
