import type { TransformEngine } from '../../common/contracts/settings.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly port: number;
  readonly engine: 'sail' | 'spark';
  readonly transformEngine: TransformEngine;
  readonly fresh: boolean;
}
