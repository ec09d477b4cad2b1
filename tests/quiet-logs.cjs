process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT'; // a test's output is its names
