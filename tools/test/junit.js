const testcase = /<testcase((?:\s+[\w.-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/testcase>)/g;

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|quot|apos|amp));/gi, (_, hex, decimal, name) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
      : entities[name],
  );

const attribute = (attributes, name) =>
  unescaped(attributes.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? '');

const mostOfReason = 300;

/** The name of a failed test with the beginning of what it says of its failure, on one line. */
function nameAndReason(name, body) {
  const [, attributes] = body.match(/<(?:failure|error)\b((?:\s+[\w.-]+="[^"]*")*)/);
  const reason = attribute(attributes, 'message').replace(/\s+/g, ' ').trim();
  return reason === '' ? name : `${name}: ${reason.slice(0, mostOfReason)}`;
}

/**
 * The outcomes in JUnit XML as GoogleTest, node, vitest and pytest write it:
 * {passed, failed: [names with reasons], skipped: [names]}.
 */
export function readJunit(xml) {
  const outcomes = { passed: 0, failed: [], skipped: [] };
  for (const [, attributes, body = ''] of xml.matchAll(testcase)) {
    const name = attribute(attributes, 'name');
    if (/<(failure|error)\b/.test(body)) {
      outcomes.failed.push(nameAndReason(name, body));
    } else if (
      /<skipped\b/.test(body) ||
      /^(notrun|disabled)$/.test(attribute(attributes, 'status'))
    ) {
      outcomes.skipped.push(name);
    } else {
      outcomes.passed += 1;
    }
  }
  return outcomes;
}
