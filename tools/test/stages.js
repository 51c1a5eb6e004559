/**
 * The stages of `npm test`, in order. Each is a shell command, run when the stages that it needs
 * have passed. A `runner` writes its results as JUnit XML to $JUNIT; any other stage counts as one
 * check. A `long` stage runs in `npm run test:long` only.
 */

const nodeTests = (folder) =>
  `node --test --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=junit --test-reporter-destination="$JUNIT" ${folder}/*.test.js`;

const cmakeBuild = (preset) => `cmake --preset ${preset} && cmake --build --preset ${preset}`;

const coreTests = (preset) => `ctest --preset ${preset} --parallel 2 --output-junit "$JUNIT"`;

export const stages = [
  { name: 'setup', needs: [], command: 'tools/setup' },
  { name: 'check', needs: ['setup'], command: 'node tools/check/main.js' },
  { name: 'tools tests', needs: ['setup'], runner: true, command: nodeTests('tests/tools') },

  { name: 'build native', needs: ['setup'], command: cmakeBuild('native') },
  { name: 'core native', needs: ['build native'], runner: true, command: coreTests('native') },

  { name: 'build sanitize', needs: ['setup'], command: cmakeBuild('sanitize') },
  {
    name: 'core sanitize',
    needs: ['build sanitize'],
    runner: true,
    command: coreTests('sanitize'),
  },

  { name: 'build wasm', needs: ['setup'], command: cmakeBuild('wasm') },
  { name: 'core wasm', needs: ['build wasm'], runner: true, command: coreTests('wasm') },
  {
    name: 'module',
    needs: ['build native', 'build wasm'],
    runner: true,
    command: nodeTests('tests/wasm'),
  },
<<<<<<< HEAD

  { name: 'build page', needs: ['build wasm'], command: 'npm run build:page' },
  {
    name: 'page units',
    needs: ['build wasm'],
    runner: true,
    command:
      'vitest run --root web --reporter=default --reporter=junit --outputFile.junit="$JUNIT"',
  },
  {
    name: 'page',
    needs: ['build native', 'build page'],
    runner: true,
    command: nodeTests('tests/web'),
  },
=======
  { name: 'package', needs: ['build wasm'], runner: true, command: nodeTests('tests/package') },
  { name: 'install', needs: ['build native'], runner: true, command: nodeTests('tests/install') },
>>>>>>> d9cb729 (Install the library for find_package, and try what is shipped)
];
