import assert from 'node:assert/strict';
import test from 'node:test';

import { readJunit } from '../../tools/test/junit.js';
import { plan } from '../../tools/test/plan.js';
import { closingLine, remarks, table } from '../../tools/test/report.js';
import { judge, runStage } from '../../tools/test/run_stage.js';
import { crashed } from '../../tools/test/sharded.js';
import { stages } from '../../tools/test/stages.js';

const names = (list) => list.map(({ name }) => name);

test('results are read as node writes them', () => {
  const xml = `<testsuites>
    <testcase name="a &lt; b > c" time="0.1" classname="test"/>
    <testcase name="skipped" classname="test"><skipped type="skipped" message="why"/></testcase>
    <testsuite name="s" tests="1"><testcase name="bad &quot;x&quot;" failure="1"><failure type="t"
      message="1 !==&#x0A; 2 &lt;">
      stack</failure></testcase></testsuite>
  </testsuites>`;
  assert.deepEqual(readJunit(xml), {
    passed: 1,
    failed: ['bad "x": 1 !== 2 <'],
    skipped: ['skipped'],
  });
});

test('results are read as GoogleTest writes them', () => {
  const xml = `<testsuite name="(empty)" tests="3">
    <testcase name="A.Runs" classname="A" time="0" status="run"><system-out>ok</system-out></testcase>
    <testcase name="A.Fails" status="fail"><failure message="Failed"/><system-out/></testcase>
    <testcase name="A.Disabled" status="disabled"><skipped message="Disabled"/></testcase>
    <testcase name="A.Skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION"/></testcase>
  </testsuite>`;
  assert.deepEqual(readJunit(xml), {
    passed: 1,
    failed: ['A.Fails: Failed'],
    skipped: ['A.Disabled', 'A.Skips'],
  });
});

test('a runner that crashed, failed silently or ran nothing has failed', () => {
  const passing = '<testcase name="a"/>';
  assert.deepEqual(judge(0, passing).failed, []);
  assert.deepEqual(judge(1, passing).failed, ['the runner ended with status 1']);
  assert.deepEqual(judge('SIGSEGV', '').failed, ['the runner ended with status SIGSEGV']);
  assert.deepEqual(judge(0, '').failed, ['the runner ran no test']);
});

test('a process that crashed is named by its last test and the reason that it gave', () => {
  const output = `[ RUN      ] A.Passes
[       OK ] A.Passes (0 ms)
[ RUN      ] A.Crashes/"<1>"
==7==ERROR: AddressSanitizer: heap-use-after-free
    #0 somewhere
==7==ABORTING
`;
  assert.deepEqual(readJunit(crashed(output, 'status 1')), {
    passed: 0,
    failed: [
      'A.Crashes/"<1>": its process ended with status 1: ==7==ERROR: AddressSanitizer: heap-use-after-free',
    ],
    skipped: [],
  });
  assert.match(
    crashed('cannot start\n', 'SIGKILL'),
    /"before the first test".*SIGKILL: cannot start/,
  );
});

test('a stage passes or fails with its command', async () => {
  const { failed, passed } = await runStage({ name: 'true', command: 'true' });
  assert.deepEqual([passed, failed], [1, []]);
  const bad = await runStage({ name: 'false', command: 'exit 3' });
  assert.deepEqual([bad.passed, bad.failed], [0, ['ended with status 3']]);
});

test('every stage needs only stages before it', () => {
  stages.forEach(({ name, needs }, index) => {
    const earlier = names(stages.slice(0, index));
    needs.forEach((need) => assert.ok(earlier.includes(need), `${name} needs ${need}`));
  });
  assert.equal(new Set(names(stages)).size, stages.length);
});

test('words choose stages and what they need; unknown words are refused', () => {
  const some = [
    { name: 'setup', needs: [] },
    { name: 'build', needs: ['setup'] },
    { name: 'other', needs: ['setup'] },
    { name: 'core', needs: ['build'] },
    { name: 'soak', needs: ['build'], long: true },
    { name: 'core long', needs: ['core'], long: true },
  ];
  assert.deepEqual(names(plan(some, { words: ['cor'] })), ['setup', 'build', 'core']);
  assert.deepEqual(names(plan(some)), ['setup', 'build', 'other', 'core']);
  assert.deepEqual(names(plan(some, { words: ['soak'] })), ['setup', 'build', 'soak']);
  assert.deepEqual(names(plan(some, { words: ['long'] })), ['setup', 'build', 'core', 'core long']);
  assert.equal(plan(some, { long: true }).length, 6);
  assert.throws(
    () => plan(some, { words: ['cori'] }),
    /no stage is named like 'cori'; known: setup/,
  );
});

test('the report names what failed and what was skipped and ends with the counts', () => {
  const results = [
    { name: 'build', minutes: 1.5, passed: 1, failed: [], skipped: [] },
    { name: 'core', minutes: 0.25, passed: 7, failed: ['A.B'], skipped: ['C.D'] },
    { name: 'page', minutes: 0, passed: 0, failed: ['not run'], skipped: [], blockedBy: 'core' },
  ];
  assert.match(table(results), /^core {2,}0\.25 +7 +1 +1 +FAILED$/m);
  assert.match(table(results), /^all {2,}1\.75$/m);
  assert.match(table(results), /not run: needs core/);
  assert.equal(remarks(results), 'SKIPPED: core: C.D\nFAILED: core: A.B\nFAILED: page: not run');
  assert.equal(closingLine(results), '8 passed, 2 failed, 1 skipped');
});
