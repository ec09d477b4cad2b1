/** What a Lambda reports when a function fails. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Parent to child.mjs, once. */
export interface StartMessage {
  /** Absolute path of the bundle. */
  readonly bundle: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  readonly logStream: string;
}

/** Parent to child.mjs, one at a time. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** When the time-out strikes, epoch milliseconds. */
  readonly deadline: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** child.mjs to parent. `fatal` is an error after which the process ends: while it loads, or outside of the handler's promise. */
export type ChildMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly payload: string; readonly maxMemoryMegabytes: number }
  | { readonly kind: 'error' | 'fatal'; readonly error: FunctionFailure; readonly maxMemoryMegabytes: number };
