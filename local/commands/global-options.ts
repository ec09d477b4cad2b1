/** Options that every command takes. */
export interface GlobalOptions {
  readonly port: number;
  readonly engine: 'sail' | 'spark';
  readonly fresh: boolean;
}
