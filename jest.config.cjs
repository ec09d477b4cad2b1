const swc = (syntax) => ['@swc/jest', { jsc: { parser: { syntax }, target: 'es2024' }, module: { type: 'commonjs' } }];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{common,extract,transform,load,alarm,workflow,local,bench,tests}/**/*.test.ts'],
  transform: { '\\.(sql|py)$': '<rootDir>/tests/text-transform.cjs', '\\.ts$': swc('typescript'), '\\.m?js$': swc('ecmascript') },
  // These ship ES modules only; jest's CommonJS run needs them transformed.
  transformIgnorePatterns: [
    '/node_modules/(?!(@exodus/bytes|fauxqs|temporal-[a-z-]+|commander|aws-local-stepfunctions|p-queue|p-timeout|eventemitter3|d3|d3-[a-z-]+|internmap|delaunator|robust-predicates|@observablehq/plot|isoformat|interval-tree-1d|binary-search-bounds)/)',
  ],
  moduleNameMapper: { '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js' },
  // What needs a finished `sam build`: npm run test:deploy.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.HOTPOST_ARTEFACTS ? [] : ['<rootDir>/tests/deploy/']),
    // What `npm test` runs beside pytest.
    ...(process.env.HOTPOST_WORKFLOW_BESIDE ? ['<rootDir>/tests/workflow/'] : []),
  ],
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam'],
  setupFiles: ['<rootDir>/tests/quiet-logs.cjs'],
  testTimeout: 30_000,
};
