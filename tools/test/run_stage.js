import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { readJunit } from './junit.js';

const resultsFolder = resolve('build/test-results');

function exitStatus(command, environment) {
  return new Promise((done, broken) => {
    const child = spawn('bash', ['-c', command], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}`, ...environment },
    });
    child.on('error', broken);
    child.on('close', (code, signal) => done(signal ?? code));
  });
}

/** The outcomes of a runner from its exit status and results file: a crash or an empty run is a failure. */
export function judge(status, xml) {
  const outcomes = readJunit(xml);
  const total = outcomes.passed + outcomes.failed.length + outcomes.skipped.length;
  if (status !== 0 && outcomes.failed.length === 0) {
    outcomes.failed.push(`the runner ended with status ${status}`);
  } else if (total === 0) {
    outcomes.failed.push('the runner ran no test');
  }
  return outcomes;
}

/** Runs a stage; resolves to {passed, failed: [names], skipped: [names], minutes}. */
export async function runStage(stage) {
  const junit = resolve(resultsFolder, `${stage.name.replaceAll(' ', '-')}.xml`);
  mkdirSync(resultsFolder, { recursive: true });
  rmSync(junit, { force: true });
  const started = performance.now();
  const status = await exitStatus(stage.command, { JUNIT: junit });
  const minutes = (performance.now() - started) / 60_000;
  if (stage.runner) {
    return { ...judge(status, existsSync(junit) ? readFileSync(junit, 'utf8') : ''), minutes };
  }
  if (status === 0) return { passed: 1, failed: [], skipped: [], minutes };
  return { passed: 0, failed: [`ended with status ${status}`], skipped: [], minutes };
}
