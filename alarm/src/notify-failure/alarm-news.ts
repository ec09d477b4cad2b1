import { Temporal } from 'temporal-polyfill';
import { seoulText } from '../../../common/clock.ts';
import { batchOf } from '../../../common/contracts/batch.ts';
import type { AlarmRangEvent } from '../../../common/contracts/events.ts';
import { ALERT_WORDS, type Language } from '../alarm/alert-words.ts';
import { context, fields, header, section, shortened } from '../slack/blocks.ts';
import { escaped } from '../slack/escape.ts';
import type { News } from './tell-operator.ts';

const WORDS = {
  ko: {
    heading: '[운영] 경보가 울림',
    labels: ['경보', '이유', '시각'],
    seoul: '(서울)',
    todo: (place: string) => `할 일은 ${place}에 있습니다.`,
    footer: '경보가 풀렸다가 다시 울릴 때 다시 알립니다.',
  },
  en: {
    heading: '[Operations] An alarm rings',
    labels: ['Alarm', 'Reason', 'Time'],
    seoul: '(Seoul)',
    todo: (place: string) => `What to do: ${place}.`,
    footer: 'Told again when it rings after it was quiet.',
  },
} as const satisfies Record<Language, unknown>;

/** Says of a CloudWatch alarm that it rings, once each time. Its description is a sentence and, in quotes, a section of alarm/runbook.md. */
export function alarmNews({ time, detail }: AlarmRangEvent, language: Language): News {
  const { alarmName, state } = detail;
  const reason = state.reason ?? '';
  const description = detail.configuration.description ?? '';
  const [, sentence, title] = /^(.*) \(alarm\/runbook\.md, "(.+)"\)$/.exec(description) ?? [];
  const words = WORDS[language];
  const at = Temporal.Instant.from(time);
  const place = title === undefined ? 'alarm/runbook.md' : `alarm/runbook.md, “${escaped(title, 100)}”`;
  const summary = escaped(sentence ?? (description || alarmName), 200);
  const [alarmLabel, reasonLabel, timeLabel] = words.labels;
  return {
    key: `alarm#${alarmName}#${state.timestamp}`,
    batch: batchOf(at),
    payload: { state: alarmName, error: 'ALARM', cause: shortened(reason, 1000) },
    message(_told, mayRepeat) {
      const heading = `${mayRepeat ? `${ALERT_WORDS[language].mayRepeat} ` : ''}${words.heading}`;
      return {
        text: `${heading}: ${summary}`,
        blocks: [
          header(heading),
          section(summary),
          fields([
            [alarmLabel, escaped(alarmName, 200)],
            [reasonLabel, escaped(reason, 300)],
            [timeLabel, `${seoulText(at)} ${words.seoul}`],
          ]),
          section(words.todo(place)),
          context(words.footer),
        ],
      };
    },
  };
}
