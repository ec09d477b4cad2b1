import { seoulText } from '../../../common/clock.ts';
import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import type { SiteStability } from '../levels/warehouse-levels.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';

const MEASURES: Readonly<Record<string, string>> = { comments: '댓글 수', recent: '최근 댓글', score: '점수' };

/** Tells the operator that a site's readings no longer look like those that model and cuts come from. */
export function stabilityMessage(site: string, shifted: readonly SiteStability[], batch: Batch, mayRepeat: boolean): SlackMessage {
  const name = escaped(siteInWords(site), 100);
  const heading = `${mayRepeat ? '[반복일 수 있음] ' : ''}[운영] 점수 분포가 바뀜`;
  const figures = shifted.map(({ measure, latest }) => `${MEASURES[measure] ?? escaped(measure, 40)} ${latest.toFixed(2)}`).join(', ');
  return {
    text: `${heading}: ${name} – ${figures}, batch ${batch}`,
    blocks: [
      header(heading),
      fields([
        ['사이트', name],
        ['안정성 지수 (한도 0.25)', figures],
        ['수집 시각', `${seoulText(instantOf(batch))} (서울)`],
      ]),
      section(
        '*할 일*\n사이트의 글이 정말 달라졌는지, 수집이 달라졌는지 확인하세요. 모델이 맞지 않게 됐다면 다시 학습하거나 앞선 모델로 돌아가세요.',
      ),
      context(
        `지난 하루의 글을 앞선 4주와 비교했고, 세 batch 연속으로 한도를 넘었습니다. 한도 안으로 돌아올 때까지 다시 알리지 않습니다. batch ${batch} · 자세한 순서는 alarm/runbook.md의 "점수 분포가 바뀜"에 있습니다.`,
      ),
    ],
  };
}
