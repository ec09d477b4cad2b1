declare module 'asl-validator' {
  interface Outcome {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  export default function aslValidator(
    definition: object,
    options?: { readonly checkArn?: boolean; readonly checkPaths?: boolean },
  ): Outcome;
}
