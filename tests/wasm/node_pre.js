globalThis.fetch = undefined;
// The program sees an environment of its own: hand it what splits a suite between processes.
Module.preRun = () => {
  for (const name of ['GTEST_TOTAL_SHARDS', 'GTEST_SHARD_INDEX']) {
    if (process.env[name] !== undefined) ENV[name] = process.env[name];
  }
};
