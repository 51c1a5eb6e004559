/** Whether a value that came from elsewhere has a shape. */
export type Shape = (value: unknown) => boolean;

export const isShaped = (value: unknown, shape: Shape): boolean => shape(value);

export const text: Shape = (value) => typeof value === 'string';
export const boolean: Shape = (value) => typeof value === 'boolean';
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const integer: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const bytes: Shape = (value) => value instanceof Uint8Array;
export const words: Shape = (value) => value instanceof Uint32Array;

export const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

export const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && Array.from(value).every(shape);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const recordOf =
  (shape: Shape): Shape =>
  (value) =>
    isObject(value) && Object.values(value).every(shape);

/** An object with these properties, and perhaps more. */
export const object =
  (shapes: Record<string, Shape>): Shape =>
  (value) =>
    isObject(value) && Object.entries(shapes).every(([key, shape]) => shape(value[key]));
