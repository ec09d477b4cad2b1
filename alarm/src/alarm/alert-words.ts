import type { Alert, Level } from './alert.ts';

export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words of a message about a post in one language. Figures come in, ready text goes out; nothing here needs escaping. */
export interface AlertWords {
  readonly headers: Readonly<Record<Level, string>>;
  readonly digest: (alerts: number, critical: number) => string;
  readonly mayRepeat: string;
  readonly mayRepeatAtLength: string;
  readonly labels: Readonly<Record<'place' | 'age' | 'comments' | 'probability' | 'keywords' | 'reasons' | 'change', string>>;
  readonly comments: (alert: Alert) => string;
  readonly age: (minutes: number) => string;
  readonly probability: (said: string, usual: string) => string;
  readonly percent: { readonly below: string; readonly above: string };
  readonly noProbability: string;
  readonly noKeyword: string;
  readonly noTitle: string;
  readonly change: (told: NonNullable<Alert['told']>, when: string, more: number) => string;
  readonly footer: (when: string, batch: string, model: string) => string;
  readonly reasons: (alert: Alert) => readonly string[];
}

const KOREAN: AlertWords = {
  headers: { hot: '[주의] hot · 빠르게 번지는 글', critical: '[긴급] critical · 화제 기준을 넘은 글' },
  digest: (alerts, critical) => `[묶음] 알릴 글 ${alerts}개${critical > 0 ? ` · critical ${critical}개` : ''}`,
  mayRepeat: '[반복일 수 있음]',
  mayRepeatAtLength: '앞선 전송의 결과가 기록되지 않아 다시 보냅니다. 같은 알림을 이미 받으셨을 수 있습니다.',
  labels: {
    place: '사이트 · 게시판',
    age: '글 나이',
    comments: '댓글',
    probability: '화제가 될 확률',
    keywords: '걸린 키워드',
    reasons: '왜 알리나',
    change: '앞선 알림 뒤',
  },
  comments: ({ comments_seen: seen, hot_threshold: level, comments_last_30: lately }) =>
    `${seen}개 (화제 기준 ${level}개)${lately === null ? '' : `, 최근 30분 ${lately}개`}`,
  age: (minutes) => inUnits(minutes, ['일', '시간', '분'], '1분 미만'),
  probability: (said, usual) => `${said} (평소 ${usual})`,
  percent: { below: '0.1% 미만', above: '99.9% 초과' },
  noProbability: '모델이 계산하지 않음',
  noKeyword: '없음 (게시판의 모든 글)',
  noTitle: '(제목 없음)',
  change: ({ level, comments_seen: seen }, when, more) =>
    `${when}에 ${level}로 알릴 때 댓글 ${seen}개였고, 그 뒤 ${more}개가 더 달렸습니다`,
  footer: (when, batch, model) => `수집 ${when} (서울) · batch ${batch} · 모델 ${model}`,
  reasons: (alert) => alert.reasons,
};

const ENGLISH: AlertWords = {
  headers: { hot: '[Warning] hot · spreading fast', critical: '[Urgent] critical · past the level of a hot post' },
  digest: (alerts, critical) => `[Digest] ${alerts} posts to look at${critical > 0 ? ` · ${critical} critical` : ''}`,
  mayRepeat: '[May be a repeat]',
  mayRepeatAtLength: 'The outcome of an earlier attempt was not recorded, so it is sent again. You may have had this alert already.',
  labels: {
    place: 'Site · board',
    age: 'Age of the post',
    comments: 'Comments',
    probability: 'Probability to become hot',
    keywords: 'Matched keywords',
    reasons: 'Why',
    change: 'Since the last message',
  },
  comments: ({ comments_seen: seen, hot_threshold: level, comments_last_30: lately }) =>
    `${seen} (hot at ${level})${lately === null ? '' : `, ${lately} in the last 30 min`}`,
  age: (minutes) => inUnits(minutes, [' d', ' h', ' min'], 'less than 1 min'),
  probability: (said, usual) => `${said} (usual ${usual})`,
  percent: { below: 'below 0.1%', above: 'above 99.9%' },
  noProbability: 'not computed by the model',
  noKeyword: 'none (every post of the board)',
  noTitle: '(no title)',
  change: ({ level, comments_seen: seen }, when, more) => `${seen} comments when it was told as ${level} at ${when}; ${more} more since`,
  footer: (when, batch, model) => `read ${when} (Seoul) · batch ${batch} · model ${model}`,
  reasons: (alert) => (alert.reasons_en.length > 0 ? alert.reasons_en : alert.reasons),
};

export const ALERT_WORDS: Readonly<Record<Language, AlertWords>> = { ko: KOREAN, en: ENGLISH };

/** The two largest units of a duration. */
function inUnits(minutes: number, [day, hour, minute]: readonly [string, string, string], none: string): string {
  const whole = Math.floor(minutes);
  const parts: [number, string][] = [
    [Math.floor(whole / 1440), day],
    [Math.floor((whole % 1440) / 60), hour],
    [whole % 60, minute],
  ];
  const words = parts.filter(([figure]) => figure > 0).map(([figure, unit]) => `${figure}${unit}`);
  return words.slice(0, 2).join(' ') || none;
}
