// Brings .sql and .py files in as their text, as esbuild does with Loader: .sql=text.
module.exports = {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
  getCacheKey: (text, path) => require('node:crypto').createHash('sha256').update(path).update(text).digest('hex'),
};
