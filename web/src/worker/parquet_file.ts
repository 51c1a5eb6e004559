import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';

/** Rows of a row group are held in memory as values: it ends after so many bytes of JSONL. */
const groupBytes = 2 ** 22;

type Row = Record<string, unknown>;

/** A column whose values are lists of numbers, or lists of such lists. */
function listColumn(name: string, type: 'INT32' | 'FLOAT', depth: number): SchemaElement[] {
  const lists = Array.from({ length: depth }, (_, level): SchemaElement[] => [
    {
      name: level === 0 ? name : 'element',
      repetition_type: 'OPTIONAL',
      converted_type: 'LIST',
      num_children: 1,
    },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ]);
  return [...lists.flat(), { name: 'element', type, repetition_type: 'OPTIONAL' }];
}

/** The members of a line whose lists hold ids or -100. */
const idLists = ['input_ids', 'labels'];

/** The column of a member that has such a value; what is no list of numbers stays JSON. */
function columnOf(name: string, value: unknown): SchemaElement[] {
  if (idLists.includes(name)) return listColumn(name, 'INT32', 1);
  if (Array.isArray(value) && name.startsWith('predictive')) {
    return listColumn(name, 'FLOAT', name === 'predictive_law' ? 2 : 1);
  }
  if (Number.isInteger(value)) return [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }];
  return [{ name, type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: 'OPTIONAL' }];
}

/**
 * A Parquet file from the lines of a JSONL file: a column for each member of the first row group. The
 * bytes are handed out as they come about.
 */
export class ParquetFile {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #writer = new ByteWriter();
  #file: ParquetWriter | undefined;
  #names: string[] = [];
  #rows: Row[] = [];
  #pending = 0;

  /** Takes whole lines; the bytes that are complete with them. */
  add(lines: Uint8Array): Uint8Array<ArrayBuffer> {
    for (const line of this.#decoder.decode(lines).split('\n')) {
      if (line !== '') this.#rows.push(JSON.parse(line) as Row);
    }
    this.#pending += lines.byteLength;
    if (this.#pending >= groupBytes) this.#writeGroup();
    return this.#taken();
  }

  /** The bytes of the file's end. */
  end(): Uint8Array<ArrayBuffer> {
    this.#writeGroup();
    this.#file?.finish();
    return this.#taken();
  }

  #writeGroup(): void {
    if (this.#rows.length === 0) return;
    // Some members are only in some lines.
    const samples = new Map(this.#rows.flatMap((row) => Object.entries(row)));
    if (this.#file === undefined) {
      this.#names = [...samples.keys()];
      const columns = [...samples].flatMap(([name, value]) => columnOf(name, value));
      const root = { name: 'root', num_children: this.#names.length };
      this.#file = new ParquetWriter({
        writer: this.#writer,
        schema: [root, ...columns],
        statistics: false,
        createdBy: 'synthgen',
      });
    }
    const unforeseen = [...samples.keys()].find((name) => !this.#names.includes(name));
    if (unforeseen !== undefined) {
      throw new Error(
        `only later sequences have ${unforeseen}, which Parquet cannot add; take jsonl`,
      );
    }
    const columnData = this.#names.map((name) => ({
      name,
      data: this.#rows.map((row) => row[name] ?? null),
    }));
    this.#file.write({ columnData, rowGroupSize: this.#rows.length });
    this.#rows = [];
    this.#pending = 0;
  }

  #taken(): Uint8Array<ArrayBuffer> {
    const bytes = this.#writer.getBytes().slice();
    this.#writer.index = 0;
    return bytes;
  }
}
