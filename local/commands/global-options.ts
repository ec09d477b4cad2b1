import type { TransformEngine } from '../../common/contracts/settings.ts';
import type { Engine } from '../emr/job-runtime.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly port: number;
  readonly engine: Engine;
  readonly transformEngine: TransformEngine;
  readonly fresh: boolean;
}
