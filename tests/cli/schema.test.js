import assert from 'node:assert/strict';
import { test } from 'node:test';

import { synthgen } from './synthgen.js';

test('is a JSON Schema that knows every flag of a parameter, and no other key', () => {
  const result = synthgen('schema');
  assert.equal(result.status, 0);
  assert.equal(result.stderr, '');
  const schema = JSON.parse(result.stdout);
  assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
  assert.equal(schema.additionalProperties, false);

  const help = synthgen('generate', '--help').stdout;
  const parameters = help.slice(help.indexOf('\nDataset:'));
  const flags = [...parameters.matchAll(/^  --([a-z-]+) /gm)].map(([, flag]) => flag);
  assert.deepEqual(
    flags.map((flag) => flag.replaceAll('-', '_')).sort(),
    Object.keys(schema.properties).sort(),
  );
});
