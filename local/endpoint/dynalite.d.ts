/** The parts of dynalite that the endpoint calls itself: dynalite ships no types. */
declare module 'dynalite/db/index.js' {
  export interface Table {
    TableStatus: string;
    GlobalSecondaryIndexes?: { IndexStatus: string }[];
    KeySchema: { AttributeName: string; KeyType: string }[];
  }
  export interface DynaliteStore {
    readonly tableDb: {
      get(key: string, callback: (error: Error | null, table?: Table) => void): void;
      put(key: string, table: Table, callback: (error: Error | null) => void): void;
      awsAccountId: string;
      awsRegion: string;
    };
    readonly db: { open(): Promise<void> };
    readonly lifecycleManager: { gracefulClose(): Promise<void> };
  }
  const db: {
    create(options: { path: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): DynaliteStore;
  };
  export default db;
}
declare module 'dynalite/validations/index.js' {
  import type { DynaliteStore } from 'dynalite/db/index.js';
  const validations: {
    checkTypes(data: Readonly<Record<string, unknown>>, types: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: DynaliteStore): void;
  };
  export default validations;
}
