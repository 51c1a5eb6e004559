// node pack_for_gzip.js MODULE.wasm: makes a module 3 % smaller once it is compressed. Functions that look
// alike come next to one another, since gzip looks back 32 kB only; data with zeros between them become one
// piece, since zeros compress better than the heads of pieces.
//
// With two more arguments, its script and another module's, it gives imports the other script's names for
// them, so that one script serves both; the scripts must differ in nothing else.

import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const [, , path, ...scripts] = process.argv;
const bytes = readFileSync(path);

/** Reads numbers in LEB128 from a place on. */
class Reader {
  constructor(from, at = 0) {
    this.from = from;
    this.at = at;
  }

  byte() {
    return this.from[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  part(size) {
    this.at += size;
    return this.from.subarray(this.at - size, this.at);
  }

  list(read) {
    return Array.from({ length: this.number() }, () => read(this));
  }
}

const encoded = (number) => {
  const out = [];
  for (; number > 127; number = Math.floor(number / 128)) out.push((number % 128) | 128);
  return Buffer.from([...out, number]);
};

const listed = (parts) => Buffer.concat([encoded(parts.length), ...parts]);

const sized = (content) => Buffer.concat([encoded(content.length), content]);

const call = 0x10;

/** Skips what follows an operation other than a call. */
function skip(reader, operation) {
  const numbers = (count) => {
    for (; count > 0; count--) reader.number();
  };
  if (operation >= 0x28 && operation <= 0x3e) numbers(2);
  else if (operation >= 0x20 && operation <= 0x26) numbers(1);
  else if (operation === 0x0e) numbers(reader.number() + 1);
  else if (operation === 0x11) numbers(2);
  else if ([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x3f, 0x40, 0x41, 0x42].includes(operation)) numbers(1);
  else if (operation === 0x43) reader.part(4);
  else if (operation === 0x44) reader.part(8);
  else if (operation === 0xfc) {
    const kind = reader.number();
    if (kind > 11) throw new Error(`operation 0xfc ${kind} is not known here`);
    numbers([0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1][kind]);
  } else if (operation > 0xc4) throw new Error(`operation ${operation} is not known here`);
}

/** A function's body with other numbers of the functions that it calls. */
function renumbered(body, numberOf) {
  const reader = new Reader(body);
  reader.list(() => [reader.number(), reader.byte()]);
  const parts = [];
  let copied = 0;
  while (reader.at < body.length) {
    const operation = reader.byte();
    if (operation !== call) {
      skip(reader, operation);
      continue;
    }
    parts.push(body.subarray(copied, reader.at), encoded(numberOf(reader.number())));
    copied = reader.at;
  }
  return Buffer.concat([...parts, body.subarray(copied)]);
}

/** The bodies' places in an order in which each is most like the one before it. */
function alikeInTurn(bodies) {
  const length = 5;
  const common = 60; // pieces that are everywhere say nothing
  const places = new Map();
  const pieces = bodies.map((body, i) => {
    const own = new Set();
    for (let at = 0; at + length <= body.length; at++)
      own.add(body.toString('latin1', at, at + length));
    for (const piece of own) places.set(piece, [...(places.get(piece) ?? []), i]);
    return own;
  });
  const left = new Set(bodies.keys());
  const order = [];
  for (let last = 0; left.size > 0;) {
    order.push(last);
    left.delete(last);
    const shared = new Map();
    for (const piece of pieces[last]) {
      const holders = places.get(piece);
      if (holders.length >= common) continue;
      for (const i of holders) if (left.has(i)) shared.set(i, (shared.get(i) ?? 0) + 1);
    }
    const likeness = ([i, count]) => count / (pieces[i].size + pieces[last].size);
    const [best] = [...shared].reduce(
      (a, b) => (likeness(b) > likeness(a) ? b : a),
      [left.values().next().value, 0],
    );
    last = best;
  }
  return order;
}

/** The other script's names of imports, by this one's. */
function otherNames() {
  const list = /asmLibraryArg=\{[^}]*\}/;
  const entry = /"(\w+)":(\w+)/g;
  const [own, other] = scripts.map((script) => readFileSync(script, 'utf8'));
  const namesOf = (script) => [...script.match(list)[0].matchAll(entry)];
  const wanted = new Map(namesOf(other).map(([, name, what]) => [what, name]));
  const changed = own.replace(list, (text) =>
    text.replaceAll(entry, (_all, _name, what) => `"${wanted.get(what)}":${what}`),
  );
  if (changed !== other) throw new Error(`${scripts.join(' and ')} differ`);
  return new Map(namesOf(own).map(([, name, what]) => [name, wanted.get(what)]));
}

const sections = [];
const whole = new Reader(bytes, 8);
while (whole.at < bytes.length)
  sections.push({ id: whole.byte(), content: whole.part(whole.number()) });
const reader = (id) => new Reader(sections.find((section) => section.id === id)?.content ?? [0]);

const imports = reader(2).list((from) => {
  const [home, name] = [from.part(from.number()), from.part(from.number()).toString()];
  if (from.byte() !== 0) throw new Error('an import that is no function');
  return { home, name, type: from.number() };
});
const imported = imports.length;
const newNames = scripts.length > 0 ? otherNames() : new Map();
const types = reader(3).list((from) => from.number());
const bodies = reader(10).list((from) => from.part(from.number()));
const order = alikeInTurn(bodies);
const placeOf = new Map(order.map((old, place) => [old, place]));
const numberOf = (old) => (old < imported ? old : imported + placeOf.get(old - imported));

/** The address of a piece of data, which a constant says. */
function addressOf(from) {
  if (from.byte() !== 0 || from.byte() !== 0x41) throw new Error('data of another form');
  const address = from.number();
  if (from.byte() !== 0x0b) throw new Error('data at a place that is computed');
  return address;
}

/** A constant is signed: its highest digit must not look like a sign. */
function signed(number) {
  const digits = encoded(number);
  if (digits.at(-1) < 64) return digits;
  digits[digits.length - 1] |= 128;
  return Buffer.concat([digits, Buffer.from([0])]);
}

/** The pieces of data as one, from the lowest address on. */
function joined(from) {
  const pieces = from.list(() => ({ address: addressOf(from), content: from.part(from.number()) }));
  const start = Math.min(...pieces.map(({ address }) => address));
  const end = Math.max(...pieces.map(({ address, content }) => address + content.length));
  const all = Buffer.alloc(end - start);
  for (const { address, content } of pieces) content.copy(all, address - start);
  const head = Buffer.concat([Buffer.from([0, 0x41]), signed(start), Buffer.from([0x0b])]);
  return listed([Buffer.concat([head, sized(all)])]);
}

const rewritten = {
  2: () =>
    listed(
      imports.map(({ home, name, type }) => {
        const newName = Buffer.from(newNames.get(name) ?? name);
        return Buffer.concat([sized(home), sized(newName), Buffer.from([0]), encoded(type)]);
      }),
    ),
  3: () => listed(order.map((old) => encoded(types[old]))),
  7: (from) =>
    listed(
      from.list(() => {
        const name = sized(from.part(from.number()));
        const kind = from.byte();
        const number = from.number();
        return Buffer.concat([
          name,
          Buffer.from([kind]),
          encoded(kind === 0 ? numberOf(number) : number),
        ]);
      }),
    ),
  8: (from) => encoded(numberOf(from.number())),
  9: (from) =>
    listed(
      from.list(() => {
        const start = from.at;
        addressOf(from);
        const head = from.from.subarray(start, from.at);
        return Buffer.concat([head, listed(from.list(() => encoded(numberOf(from.number()))))]);
      }),
    ),
  10: () => listed(order.map((old) => sized(renumbered(bodies[old], numberOf)))),
  11: joined,
  12: () => encoded(1), // how many pieces there are
};
const result = Buffer.concat([
  bytes.subarray(0, 8),
  ...sections.flatMap(({ id, content }) => [
    Buffer.from([id]),
    sized(rewritten[id]?.(new Reader(content)) ?? content),
  ]),
]);
if (!WebAssembly.validate(result)) throw new Error(`${path} cannot be ordered`);
writeFileSync(path, result);
