/**
 * The stages of `npm test`, in order. Each is a shell command, run when the stages that it needs
 * have passed. A `runner` writes its results as JUnit XML to $JUNIT; any other stage counts as one
 * check. A `long` stage runs in `npm run test:long` only.
 */

// Files at once: node's own choice leaves a processor idle.
const nodeFiles = (files, options) =>
  `node --test --test-concurrency=$(nproc) ${options} --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=junit --test-reporter-destination="$JUNIT" ${files}`;

const nodeTests = (folder, options = '') => nodeFiles(`${folder}/*.test.js`, options);

const vitest = 'vitest run --root web --reporter=default --reporter=junit --outputFile="$JUNIT"';

const cmakeBuild = (preset) => `cmake --preset ${preset} && cmake --build --preset ${preset}`;

// A process for each half: `ctest --preset` gives each test its own, which takes node minutes.
const coreTests = (program) => `node tools/test/sharded.js "$JUNIT" ${program}`;

const withProgram = (preset, command) => `SYNTHGEN_BIN=$PWD/build/${preset}/synthgen ${command}`;

const cliTests = (preset) => withProgram(preset, nodeTests('tests/cli'));

// Same draws with another Boost than the installed one; without apt there is none to try.
const otherBoostTests = `boost=$(tools/newest_boost) && [[ -n $boost ]] &&
  cmake --preset native -DSYNTHGEN_OTHER_BOOST_INCLUDE_DIR="$boost" &&
  cmake --build --preset native --target synthgen_other_boost_tests &&
  ${coreTests('build/native/tests/synthgen_other_boost_tests')}`;

// As on a slower machine: the page's own thread at a quarter of its speed, and two processes that
// compete for the processors. Whatever passes here waits for states and does not count on time.
const slowed = (command) => `SYNTHGEN_CPU_THROTTLE=4 tools/test/busy 2 ${command}`;

const check = (name, needs, command) => ({ name, needs, command });

const runner = (name, needs, command) => ({ name, needs, command, runner: true });

export const stages = [
  check('setup', [], 'tools/setup'),
  check('check', ['setup'], 'node tools/check/main.js'),
  runner('tools', ['setup'], nodeTests('tests/tools')),

  check('build report', ['setup'], 'npm run --silent build:report'),

  check('build native', ['build report'], cmakeBuild('native')),
  runner('core native', ['build native'], coreTests('build/native/tests/synthgen_tests')),
  {
    ...runner(
      'laws long',
      ['build native'],
      `SYNTHGEN_LAW_SEQUENCES=100000 GTEST_FILTER='*EntropyInClosedForm*' ${coreTests('build/native/tests/synthgen_tests')}`,
    ),
    long: true,
  },
  runner('cli native', ['build native'], cliTests('native')),
  runner('newest boost', ['build native'], otherBoostTests),
  runner('install', ['build native'], nodeTests('tests/install')),
  {
    ...runner(
      'install long',
      ['build native'],
      `SYNTHGEN_PLAIN_BUILD=full ${nodeTests('tests/install', '--test-name-pattern="preset"')}`,
    ),
    long: true,
  },

  runner(
    'pytorch',
    ['build native'],
    'SYNTHGEN_BIN=$PWD/build/native/synthgen tools/test/pytest "$JUNIT" tests/pytorch',
  ),
  runner(
    'python',
    ['build native'],
    withProgram('native', 'tools/test/python "$JUNIT" tests/python'),
  ),
  {
    ...runner(
      'python long',
      ['build native'],
      `SYNTHGEN_PYTHON_BUILD=full tools/test/python "$JUNIT" tests/python/test_source_distribution.py`,
    ),
    long: true,
  },

  runner('cluster', ['build native'], nodeTests('tests/cluster')),
  {
    ...runner(
      'cluster long',
      ['build native'],
      `SYNTHGEN_CLUSTER=full ${nodeTests('tests/cluster')}`,
    ),
    long: true,
  },
  {
    ...runner(
      'kills long',
      ['build native'],
      `SYNTHGEN_KILLS=500 ${nodeTests('tests/cli', '--test-name-pattern="random moments"')}`,
    ),
    long: true,
  },

  runner('campaign', ['build native'], withProgram('native', nodeTests('tests/campaign'))),
  {
    ...runner(
      'campaign long',
      ['build native'],
      `SYNTHGEN_CAMPAIGN=full ${withProgram('native', nodeTests('tests/campaign'))}`,
    ),
    long: true,
  },

  {
    ...runner(
      'cli slow long',
      ['build native'],
      withProgram('native', slowed(nodeTests('tests/cli'))),
    ),
    long: true,
  },

  check('build sanitize', ['build report'], cmakeBuild('sanitize')),
  runner('core sanitize', ['build sanitize'], coreTests('build/sanitize/tests/synthgen_tests')),
  runner('cli sanitize', ['build sanitize'], cliTests('sanitize')),
  check('fuzz', ['build sanitize'], 'tools/test/fuzz 20'),

  check('build wasm', ['setup'], cmakeBuild('wasm')),
  runner('core wasm', ['build wasm'], coreTests('node build/wasm/tests/synthgen_tests.js')),
  runner('module', ['build native', 'build wasm'], nodeTests('tests/wasm')),
  check('build view', ['build wasm'], 'npm run --silent build:view'),
  runner('package', ['build view'], nodeTests('tests/package')),

  {
    ...runner(
      'bytes long',
      ['build native', 'build wasm'],
      `tools/setup aarch64 && ${nodeTests('tests/bytes')}`,
    ),
    long: true,
  },

  check('build page', ['build wasm'], 'npm run --silent build:page'),
  runner('page units', ['build wasm'], vitest),
  {
    ...runner(
      'release long',
      ['build native', 'build page'],
      nodeFiles('tests/release/release.test.js', ''),
    ),
    long: true,
  },
  {
    ...runner(
      'clean release long',
      ['setup'],
      `SYNTHGEN_RELEASE=clean ${nodeFiles('tests/release/clean.test.js', '')}`,
    ),
    long: true,
  },
  runner('start', ['build native', 'build page'], nodeTests('tests/start')),
  runner('readme', ['build native', 'build wasm'], nodeTests('tests/readme')),
  {
    ...runner('default datasets', ['build native', 'build wasm'], nodeTests('tests/long')),
    long: true,
  },
  runner('page', ['build native', 'build page'], nodeTests('tests/web')),
  {
    ...runner(
      'documentation long',
      ['build page'],
      `tools/setup documentation && ${nodeTests('tests/documentation')}`,
    ),
    long: true,
  },
  // Each test is skipped, with the reason, where Firefox is not installed.
  runner(
    'firefox',
    ['build native', 'build page'],
    withProgram('native', nodeTests('tests/firefox')),
  ),
  {
    ...runner(
      'page memory long',
      ['build native', 'build page'],
      `SYNTHGEN_DOWNLOAD_MB=1000 ${withProgram('native', nodeFiles('tests/web/downloads.test.js', '--test-name-pattern="of memory"'))}`,
    ),
    long: true,
  },
  {
    ...runner('page slow long', ['build native', 'build page'], slowed(nodeTests('tests/web'))),
    long: true,
  },
];
