// Runs a program beside others.

import { spawn } from 'node:child_process';

/**
 * Runs a program to its end: {status, signal, stdout, stderr, isHung}. What has not ended by then is
 * killed after `longestMs`, with the processes that it started.
 */
export function run(program, args, { longestMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args.map(String), {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own
      ...options,
    });
    let stdout = '';
    let stderr = '';
    let isHung = false;
    const timer =
      longestMs === undefined
        ? undefined
        : setTimeout(() => {
            isHung = true;
            process.kill(-child.pid, 'SIGKILL');
          }, longestMs);
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr, isHung });
    });
  });
}
