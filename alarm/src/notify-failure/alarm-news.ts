import { Temporal } from 'temporal-polyfill';
import { batchOf } from '../../../common/contracts/batch.ts';
import type { AlarmRangEvent } from '../../../common/contracts/events.ts';
import type { Language } from '../alarm/alert-words.ts';
import { noticeMessage, type Notice } from '../conditions/notice.ts';
import { shortened } from '../slack/blocks.ts';
import { escaped } from '../slack/escape.ts';
import type { News } from './notify-failure.ts';

const WORDS = {
  ko: {
    heading: '경보가 울림',
    labels: ['경보', '이유'],
    todo: (section: string) => `alarm/runbook.md의 “${section}”을 따르세요.`,
    footer: '경보가 풀렸다가 다시 울릴 때 다시 알립니다.',
  },
  en: {
    heading: 'An alarm rings',
    labels: ['Alarm', 'Reason'],
    todo: (section: string) => `Follow alarm/runbook.md, “${section}”.`,
    footer: 'Told again when it rings after it was quiet.',
  },
} as const satisfies Record<Language, unknown>;

/** Says of a CloudWatch alarm that it rings, once each time; `description` ends with the section of the runbook in quotes. */
export function alarmNews({ time, detail }: AlarmRangEvent, language: Language): News {
  const { alarmName, state, configuration } = detail;
  const [, sentence = configuration.description, section = ''] =
    /^(.*) \(alarm\/runbook\.md, "(.+)"\)$/.exec(configuration.description) ?? [];
  const words = WORDS[language];
  const notice: Notice = {
    heading: words.heading,
    summary: escaped(sentence || alarmName, 200),
    facts: [
      [words.labels[0], escaped(alarmName, 200)],
      [words.labels[1], escaped(state.reason, 300)],
    ],
    todo: words.todo(escaped(section, 100)),
    footer: words.footer,
    runbook: escaped(section, 100),
  };
  const batch = batchOf(Temporal.Instant.from(time));
  return {
    key: `alarm#${alarmName}#${state.timestamp}`,
    batch,
    payload: { state: alarmName, error: 'ALARM', cause: shortened(state.reason, 1000) },
    message: (mayRepeat) => noticeMessage(notice, batch, mayRepeat, language),
  };
}
