import { instantOf, type Batch } from '../../../common/contracts/batch.ts';

/** A batch's time as people in Korea read it: `2026-11-20 14:30`. */
export function seoulTime(batch: Batch): string {
  const time = instantOf(batch).toZonedDateTimeISO('Asia/Seoul');
  return `${time.toPlainDate().toString()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
