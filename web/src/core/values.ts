/**
 * Values as the preview module takes and gives them: a tag byte, then what belongs to it,
 * little-endian. See cpp/preview/values.hpp.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const codeOf = (tag: string) => tag.charCodeAt(0);
/** Integers up to here are integers; larger numbers are doubles, as in JSON. */
const integers = 2 ** 63;

/** Grows as values are written to it. */
class Writer {
  #view = new DataView(new ArrayBuffer(1024));
  #size = 0;

  /** The position of room for so many more bytes. */
  #take(bytes: number): number {
    const at = this.#size;
    this.#size += bytes;
    if (this.#size > this.#view.byteLength) {
      const larger = new Uint8Array(2 * this.#size);
      larger.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  #tag(tag: string): void {
    const at = this.#take(1);
    this.#view.setUint8(at, codeOf(tag));
  }

  #count(count: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, count, true);
  }

  #string(text: string): void {
    const bytes = encoder.encode(text);
    this.#count(bytes.length);
    const at = this.#take(bytes.length);
    new Uint8Array(this.#view.buffer).set(bytes, at);
  }

  #number(number: number): void {
    // Words for what JSON lacks, so that the core can name them.
    if (!Number.isFinite(number)) return this.write(String(number));
    const isInteger = Number.isInteger(number) && Math.abs(number) < integers;
    this.#tag(isInteger ? 'i' : 'd');
    const at = this.#take(8);
    if (isInteger) this.#view.setBigInt64(at, BigInt(number), true);
    else this.#view.setFloat64(at, number, true);
  }

  write(value: unknown): void {
    if (typeof value === 'boolean') return this.#tag(value ? 't' : 'f');
    if (typeof value === 'number') return this.#number(value);
    if (typeof value === 'string') {
      this.#tag('s');
      return this.#string(value);
    }
    if (Array.isArray(value)) {
      this.#tag('a');
      this.#count(value.length);
      return value.forEach((element) => this.write(element));
    }
    if (typeof value !== 'object' || value === null) return this.#tag('n');
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    this.#tag('o');
    this.#count(members.length);
    for (const [key, member] of members) {
      this.#string(key);
      this.write(member);
    }
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#size);
  }
}

export function valueBytes(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.write(value);
  return writer.bytes;
}

/** The value in the bytes, which the module has written. */
export function readValue(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (size: number) => {
    at += size;
    return at - size;
  };
  const count = () => view.getUint32(take(4), true);
  const string = () => {
    const size = count();
    const from = take(size);
    return decoder.decode(bytes.subarray(from, from + size));
  };
  const read = (): unknown => {
    switch (String.fromCharCode(view.getUint8(take(1)))) {
      case 't':
        return true;
      case 'f':
        return false;
      case 'i':
        return Number(view.getBigInt64(take(8), true));
      case 'd':
        return view.getFloat64(take(8), true);
      case 's':
        return string();
      case 'a':
        return Array.from({ length: count() }, read);
      case 'o':
        return Object.fromEntries(Array.from({ length: count() }, () => [string(), read()]));
      default:
        return null;
    }
  };
  return read();
}
