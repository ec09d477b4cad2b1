import type { Language } from '../alarm/alert-words.ts';
import type { Notice } from './notice.ts';
import type { Condition } from './tell-conditions.ts';

const RUNBOOK = '실행이 겹쳐 건너뜀';
const LEAST_SKIPPED = 3;

/** Whether runs end before the next is due. `skipped`: batches of the last 24 hours that were not started because a run went on. */
export function overlapCondition(skipped: readonly string[]): Condition {
  return {
    subject: 'overlap',
    state: skipped.length >= LEAST_SKIPPED ? 'drifting' : skipped.length === 0 ? 'healthy' : 'unclear',
    notice: (_batch, language) => notice(skipped, language),
  };
}

function notice(skipped: readonly string[], language: Language): Notice {
  const latest = skipped.toSorted().at(-1) ?? '–';
  if (language === 'ko')
    return {
      heading: RUNBOOK,
      summary: `24시간에 ${skipped.length}번`,
      facts: [
        ['건너뛴 실행 (24시간)', `${skipped.length}번`],
        ['마지막', latest],
      ],
      todo: '실행 간격(`ScheduleMinutes`)을 늘리거나, 읽는 글(`MaxConcurrency`, 키워드 세트)을 줄이세요. 어느 상태가 오래 걸리는지는 실행 기록에 있습니다.',
      footer: '24시간 동안 건너뛴 실행이 없을 때까지 다시 알리지 않습니다.',
      runbook: RUNBOOK,
    };
  return {
    heading: 'Runs overlap and are skipped',
    summary: `${skipped.length} times in 24 hours`,
    facts: [
      ['Skipped in 24 hours', String(skipped.length)],
      ['Latest', latest],
    ],
    todo: 'Run less often (`ScheduleMinutes`), or read less (`MaxConcurrency`, keyword set). The execution history shows which state takes long.',
    footer: 'Told once until none was skipped for 24 hours.',
    runbook: RUNBOOK,
  };
}
