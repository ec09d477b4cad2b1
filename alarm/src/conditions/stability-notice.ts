import type { Language } from '../alarm/alert-words.ts';
import type { SiteStability } from '../levels/warehouse-levels.ts';
import { escaped } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { Notice } from './notice.ts';

const RUNBOOK = '점수 분포가 바뀜';
const MEASURES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ko: { comments: '댓글 수', recent: '최근 댓글', score: '점수' },
  en: { comments: 'comments', recent: 'recent comments', score: 'score' },
};

/** Tells the operator that a site's readings no longer look like those that model and cuts come from. */
export function stabilityNotice(site: string, shifted: readonly SiteStability[], language: Language): Notice {
  const figures = shifted
    .map(({ measure, latest }) => `${MEASURES[language][measure] ?? escaped(measure, 40)} ${latest.toFixed(2)}`)
    .join(', ');
  return { ...(language === 'ko' ? inKorean(site, figures) : inEnglish(site, figures)), runbook: RUNBOOK };
}

function inKorean(site: string, figures: string): Omit<Notice, 'runbook'> {
  const name = escaped(siteInWords(site), 100);
  return {
    heading: RUNBOOK,
    summary: `${name} – ${figures}`,
    facts: [
      ['사이트', name],
      ['안정성 지수 (한도 0.25)', figures],
    ],
    todo: '사이트의 글이 정말 달라졌는지, 수집이 달라졌는지 확인하세요. 모델이 맞지 않게 됐다면 다시 학습하거나 앞선 모델로 돌아가세요.',
    footer: '지난 하루의 글을 앞선 4주와 비교했고, 세 batch 연속으로 한도를 넘었습니다. 한도 안으로 돌아올 때까지 다시 알리지 않습니다.',
  };
}

function inEnglish(site: string, figures: string): Omit<Notice, 'runbook'> {
  const name = escaped(site, 100);
  return {
    heading: 'Scores are spread otherwise',
    summary: `${name} – ${figures}`,
    facts: [
      ['Site', name],
      ['Stability index (limit 0.25)', figures],
    ],
    todo: "Find out whether the site's posts have changed, or the way they are read. If the model no longer fits, train it again or go back to an earlier one.",
    footer:
      'The last day was above the limit against the four weeks before, in three batches on end. Told once until it is within the limit again.',
  };
}
