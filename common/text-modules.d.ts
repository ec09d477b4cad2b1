/** Files that esbuild (Loader: .sql=text, .py=text) and jest bring in as their text. */
declare module '*.sql' {
  const text: string;
  export default text;
}
declare module '*.py' {
  const text: string;
  export default text;
}
