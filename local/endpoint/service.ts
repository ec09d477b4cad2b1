/** Who signed a request: the access key of its Authorization header and the role that key stands for. */
export interface Caller {
  readonly accessKeyId: string;
  readonly roleArn: string;
}

/** One AWS service that speaks JSON with X-Amz-Target (`<targetPrefix>.<Operation>`). */
export interface JsonService {
  readonly targetPrefix: string;
  /** Runs one operation. Instants in answers are epoch seconds as numbers. @throws ServiceError, which the client sees typed. */
  handle(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): Promise<unknown>;
  close(): Promise<void>;
}

/** One AWS service that speaks REST with JSON bodies. */
export interface RestService {
  /** As the signature names it. */
  readonly name: string;
  /** Runs one operation; `path` is as sent, without its query. Instants as above. @throws ServiceError. */
  handle(method: string, path: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}

/** An answer that AWS would give as an error: `code` is the exception's name, as the SDK knows it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Every operation that a stand-in does not know ends here, loudly. */
export function unknownOperation(service: string, operation: string): ServiceError {
  return new ServiceError('UnknownOperationException', `The local ${service} does not know ${operation}; the laptop run cannot show it`);
}
