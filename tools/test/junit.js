const testcase = /<testcase((?:\s+[\w.-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/testcase>)/g;

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text) => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);

const attribute = (attributes, name) =>
  unescaped(attributes.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? '');

/** The outcomes in JUnit XML as ctest, node and vitest write it: {passed, failed: [names], skipped: [names]}. */
export function readJunit(xml) {
  const outcomes = { passed: 0, failed: [], skipped: [] };
  for (const [, attributes, body = ''] of xml.matchAll(testcase)) {
    const name = attribute(attributes, 'name');
    if (/<(failure|error)\b/.test(body)) {
      outcomes.failed.push(name);
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
