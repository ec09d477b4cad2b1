import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import type { NotifyFailureEvent, StartEvent } from '../../../common/contracts/events.ts';
import { ALERT_WORDS, type Language } from '../alarm/alert-words.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped, escapedAsIs } from '../slack/escape.ts';
import type { HumanFailure } from './human-cause.ts';

/** `startAt`: where a rerun begins, when the state that failed does not tell. */
type Run = Omit<NotifyFailureEvent, 'errors'> & { readonly startAt?: StartEvent['startAt'] | undefined };

interface FailureWords {
  readonly heading: string;
  readonly labels: readonly [state: string, error: string, time: string, execution: string];
  readonly seoul: string;
  readonly cause: string;
  readonly noCause: string;
  readonly rerun: string;
  readonly onAws: (event: string) => string;
  readonly onLaptop: (command: string) => string;
  readonly nextStart: string;
  readonly backfill: (command: string) => string;
  readonly footer: string;
}

const WORDS: Readonly<Record<Language, FailureWords>> = {
  ko: {
    heading: '[실패] 실행이 끝나지 못했습니다',
    labels: ['실패한 상태', '오류', '수집 시각', '실행 이름'],
    seoul: '(서울)',
    cause: '원인',
    noCause: '이유가 전해지지 않았습니다',
    rerun: '다시 실행',
    onAws: (event) => `AWS: StartFunction을 \`${event}\` 이벤트로 호출하세요.`,
    onLaptop: (command) => `노트북: ${command}`,
    nextStart: '`npm start`가 끝나지 못한 batch부터 다시 실행합니다.',
    backfill: (command) => `\`${command}\`이 읽지 못한 것만 다시 읽습니다.`,
    footer: '이미 저장된 것은 그대로입니다. 자세한 순서는 alarm/runbook.md의 "실행이 실패함"에 있습니다.',
  },
  en: {
    heading: '[Failed] The run did not end well',
    labels: ['Failed state', 'Error', 'Batch', 'Execution'],
    seoul: '(Seoul)',
    cause: 'Cause',
    noCause: 'No reason was given',
    rerun: 'Run it again',
    onAws: (event) => `AWS: invoke StartFunction with \`${event}\`.`,
    onLaptop: (command) => `Laptop: ${command}`,
    nextStart: '`npm start` begins with the batch that did not end.',
    backfill: (command) => `\`${command}\` reads only what was not read.`,
    footer: 'What is stored stays as it is. Step by step: alarm/runbook.md, "실행이 실패함".',
  },
};

/** The message that a run failed: where, why, and how to run it again. */
export function failureMessage(run: Run, failure: HumanFailure, mayRepeat: boolean, language: Language): SlackMessage {
  const { batch, executionName } = run;
  const words = WORDS[language];
  const heading = `${mayRepeat ? `${ALERT_WORDS[language].mayRepeat} ` : ''}${words.heading}`;
  const event = escapedAsIs(JSON.stringify(rerunEvent(run, run.startAt ?? startAtFor(failure))));
  const [state, error, time, execution] = words.labels;
  return {
    text: `${heading}: ${escaped(failure.state, 100)} – ${escaped(failure.error, 100)}, batch ${batch}`,
    blocks: [
      header(heading),
      fields([
        [state, escaped(failure.state, 200)],
        [error, escaped(failure.error, 200)],
        [time, `${seoulText(instantOf(batch))} ${words.seoul}`],
        [execution, escaped(executionName, 80)],
      ]),
      section(`*${words.cause}*\n\`\`\`${codeBlock(failure.cause) || words.noCause}\`\`\``),
      section(`*${words.rerun}*\n${words.onAws(event)}\n${words.onLaptop(laptopCommand(run, words))}`),
      context(words.footer),
    ],
  };
}

/** What StartFunction is to be given: what the run was, as far as it was not an ordinary one. */
function rerunEvent({ batch, keywordSetName, backfill, dryRun }: Run, startAt: StartEvent['startAt']): Partial<StartEvent> {
  return {
    batch,
    startAt,
    ...(keywordSetName === 'default' ? {} : { keywordSetName }),
    ...(backfill === null ? {} : { backfill }),
    ...(dryRun ? { dryRun } : {}),
  };
}

function laptopCommand({ backfill }: Run, words: FailureWords): string {
  return backfill === null ? words.nextStart : words.backfill(`npm start -- backfill --from ${backfill.from} --to ${backfill.to}`);
}

/** Where a rerun begins: at the stage of the state that failed, since every stage before it has ended; unless the cause says otherwise. */
export function startAtFor({ state, cause }: Pick<HumanFailure, 'state' | 'cause'>): StartEvent['startAt'] {
  if (cause.startsWith('quality gate') && cause.endsWith('from transform')) return 'transform';
  if (/alarm/i.test(state)) return 'alarm';
  if (/load/i.test(state)) return 'load';
  if (/transform/i.test(state)) return 'transform';
  return 'extract';
}

/** Keeps the line breaks of a cause; three backticks would end the block. */
function codeBlock(text: string): string {
  const printable = text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '').replaceAll('```', "'''");
  return escapedAsIs(printable.slice(0, 500)) + (printable.length > 500 ? '…' : '');
}
