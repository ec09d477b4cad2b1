import { ServiceError } from '../endpoint/service.ts';
import type { SqlRecord } from './statement-record.ts';

/** One page of a result. @throws ServiceError ResourceNotFoundException when there is none (yet), ValidationException for a wrong token. */
export function pageOf(record: SqlRecord, token: string | undefined, pageRows: number): object {
  const { resultSet } = record;
  if (record.status !== 'FINISHED' || !resultSet) {
    throw new ServiceError('ResourceNotFoundException', 'Query does not have result. Please check query status with DescribeStatement.');
  }
  const from = token === undefined ? 0 : offsetOf(token, record.id);
  const to = from + pageRows;
  return {
    ColumnMetadata: resultSet.columns,
    Records: resultSet.records.slice(from, to),
    TotalNumRows: resultSet.records.length,
    ...(to < resultSet.records.length ? { NextToken: Buffer.from(`${record.id}/${to}`).toString('base64') } : {}),
  };
}

function offsetOf(token: string, id: string): number {
  const [owner, offset] = Buffer.from(token, 'base64').toString('utf8').split('/');
  if (owner !== id || !/^\d+$/.test(offset ?? ''))
    throw new ServiceError('ValidationException', 'NextToken is not valid for this statement');
  return Number(offset);
}
