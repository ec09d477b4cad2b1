import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { domainClock } from '../../../common/clock.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { crawlState, type CrawlState } from '../crawl/crawl-state.ts';
import { siteNames } from '../sites/site-names.ts';

export interface PlanDependencies {
  readonly sites: readonly string[];
  readonly data: Pick<ObjectStore, 'readJson' | 'writeOnce' | 'list'>;
  readonly posts: Pick<CrawlState, 'due'>;
  /** Posts that one Extract invocation reads. */
  readonly partSize: number;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function planDependencies(): PlanDependencies {
  const environment = readEnvironment({
    DATA_BUCKET: z.string().min(3),
    CRAWL_STATE_TABLE: z.string().min(3),
    DETAIL_BATCH_SIZE: z.coerce.number().int().positive(),
  });
  return {
    sites: siteNames,
    data: objectStore(environment.DATA_BUCKET),
    posts: crawlState(environment.CRAWL_STATE_TABLE, DynamoDBDocumentClient.from(new DynamoDBClient({})), domainClock),
    partSize: environment.DETAIL_BATCH_SIZE,
  };
}
