import { seoulText } from '../../../common/clock.ts';
import { batchSchema, instantOf } from '../../../common/contracts/batch.ts';
import type { Language } from '../alarm/alert-words.ts';
import type { Notice } from './notice.ts';
import type { Condition } from './tell-conditions.ts';

const RUNBOOK = '아무것도 찾지 못함';
/** Posts are read again for three days, so that six batches on end without one are no quiet night. */
const BATCHES_ON_END = 6;

/** The latest batches on end that brought no post: how many, and the first of them (null for none). */
export interface EmptyBatches {
  readonly batches: number;
  readonly since: string | null;
}

/** Whether runs still find anything. */
export function emptyCondition({ batches, since }: EmptyBatches): Condition {
  return {
    subject: 'empty',
    state: batches >= BATCHES_ON_END ? 'drifting' : batches === 0 ? 'healthy' : 'unclear',
    notice: (_batch, language) => notice(batches, sinceText(since), language),
  };
}

function sinceText(since: string | null): string {
  const batch = batchSchema.safeParse(since);
  return batch.success ? seoulText(instantOf(batch.data)) : '–';
}

function notice(batches: number, since: string, language: Language): Notice {
  if (language === 'ko')
    return {
      heading: RUNBOOK,
      summary: `${batches}개 batch 연속으로 글이 없음`,
      facts: [
        ['연속 batch', `${batches}개`],
        ['처음', `${since} (서울)`],
      ],
      todo: '사이트가 막았는지, 키워드 세트와 게시판이 맞는지 확인하세요.',
      footer: '글을 다시 찾을 때까지 다시 알리지 않습니다.',
      runbook: RUNBOOK,
    };
  return {
    heading: 'Nothing found',
    summary: `no post in ${batches} batches on end`,
    facts: [
      ['Batches on end', String(batches)],
      ['Since', `${since} (Seoul)`],
    ],
    todo: 'See whether the sites refuse us, and whether keyword set and boards are right.',
    footer: 'Told once until a post is found again.',
    runbook: RUNBOOK,
  };
}
