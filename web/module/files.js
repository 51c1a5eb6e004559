import { checkedBatch, checkedBytes, checkedName, checkedText } from './checks.js';
import { unwrap } from './errors.js';
import { Handle, using } from './handle.js';

class Validator extends Handle {
  static label = 'Validator';

  add(batch) {
    unwrap(this.raw.add(checkedBatch(batch)));
  }

  addText(data, name = 'data', firstLine = 1) {
    unwrap(this.raw.addText(checkedText(data), checkedName(name), firstLine));
  }

  addFile(bytes, name) {
    unwrap(this.raw.addFile(checkedBytes(bytes), checkedName(name)));
  }

  report() {
    return unwrap(this.raw.report());
  }
}

/** What `next` returns, until it returns null. */
function* untilNull(source) {
  for (let each = source.next(); each !== null; each = source.next()) yield each;
}

class SequenceReader extends Handle {
  static label = 'SequenceReader';

  get bytesRead() {
    return this.raw.bytesRead();
  }

  next() {
    const batch = unwrap(this.raw.next());
    return batch.offsets.length > 1 ? batch : null;
  }

  [Symbol.iterator]() {
    return untilNull(this);
  }
}

class DatasetEncoder extends Handle {
  static label = 'DatasetEncoder';

  get notes() {
    return this.raw.notes();
  }

  get files() {
    return this.raw.files();
  }

  next({ encode = true } = {}) {
    return unwrap(this.raw.next(encode));
  }

  encodeChunk({ file, chunk }) {
    return unwrap(this.raw.encode(file, chunk));
  }

  appendChunk(chunk) {
    unwrap(this.raw.append(chunk));
  }

  manifest() {
    return this.raw.manifest();
  }

  [Symbol.iterator]() {
    return untilNull(this);
  }
}

/** The part of the interface that reads, validates and writes files in memory. */
export function files(module) {
  const validator = (limits = {}) => new Validator(unwrap(module.createValidator(limits)));
  return {
    datasetEncoder: (generator, options = {}) =>
      new DatasetEncoder(unwrap(module.createDatasetEncoder(generator.raw, options))),
    loadSyntheticData: (data, name = 'data') =>
      unwrap(module.loadSyntheticData(checkedText(data), checkedName(name))),
    openFile: (bytes, name) =>
      new SequenceReader(unwrap(module.openFile(checkedBytes(bytes), checkedName(name)))),
    validator,
    validateSyntheticData: (data, limits, name = 'data') =>
      using(validator(limits), (validation) => {
        if (data?.tokens !== undefined) validation.add(data);
        else if (typeof data === 'string') validation.addText(data, name);
        else validation.addFile(checkedText(data), name);
        return validation.report();
      }),
  };
}
