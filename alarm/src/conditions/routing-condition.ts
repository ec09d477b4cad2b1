import type { Language } from '../alarm/alert-words.ts';
import type { Routing } from '../routes/read-routing.ts';
import type { Notice } from './notice.ts';
import type { Condition } from './tell-conditions.ts';

const RUNBOOK = '알림 경로가 잘못됨';

/** Whether every destination that config/alert-routes.json names can be used. */
export function routingCondition({ problems }: Routing): Condition {
  return {
    subject: 'routes',
    state: problems.length > 0 ? 'drifting' : 'healthy',
    notice: (_batch, language) => notice(problems, language),
  };
}

function notice(problems: readonly string[], language: Language): Notice {
  const parts =
    language === 'ko'
      ? {
          heading: RUNBOOK,
          summary: `config/alert-routes.json에서 ${problems.length}가지`,
          facts: [['설정', '`config/alert-routes.json`']] as const,
          label: '무엇이 잘못됐나',
          todo: '설정이나 시크릿을 고치세요. 배포할 필요는 없습니다. 고친 뒤 `npm start -- alerts test`로 시험합니다.',
          footer: '그때까지 그 알림은 기본 웹훅으로 갑니다. 나을 때까지 다시 알리지 않습니다.',
        }
      : {
          heading: 'Alert routes are wrong',
          summary: `${problems.length} in config/alert-routes.json`,
          facts: [['Configuration', '`config/alert-routes.json`']] as const,
          label: 'What is wrong',
          todo: 'Correct the configuration or the secret; no deploy is needed. Then try it with `npm start -- alerts test`.',
          footer: 'Until then these alerts go to the default webhook. Told once until it is well.',
        };
  const { label, ...rest } = parts;
  return { ...rest, examples: { label, lines: problems }, runbook: RUNBOOK };
}
