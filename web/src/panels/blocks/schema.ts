/** The part of JSON Schema that the core describes lists and objects with. */
export interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
  examples?: unknown[];
}

export type Definitions = Record<string, Schema>;

const definition = '#/$defs/';

/** What a reference leads to; `#` is a whole config. */
export function resolved(schema: Schema, definitions: Definitions): Schema {
  const { $ref = '' } = schema;
  if (!$ref.startsWith(definition)) return schema;
  return resolved(definitions[$ref.slice(definition.length)] ?? {}, definitions);
}

/** Whether the value has the shape of the schema, however right its parts are. */
export function hasShape(schema: Schema, value: unknown, definitions: Definitions): boolean {
  const { anyOf, type, properties, required = [], ...rest } = resolved(schema, definitions);
  if (anyOf) return anyOf.some((form) => hasShape(form, value, definitions));
  if ('const' in rest) return rest.const === value;
  if (type === 'array') return Array.isArray(value);
  if (type === 'string') return typeof value === 'string';
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return (
    properties === undefined ||
    (required.every((key) => keys.includes(key)) && keys.every((key) => key in properties))
  );
}

/** A value that the schema allows: its example, or the least of what it needs. */
export function exampleOf(schema: Schema, definitions: Definitions): unknown {
  const found = resolved(schema, definitions);
  const { examples, anyOf, type, items, minItems = 1, properties = {}, required = [] } = found;
  if (examples && examples.length > 0) return examples[0];
  if (anyOf?.[0]) return exampleOf(anyOf[0], definitions);
  if ('const' in found) return found.const;
  if (type === 'array')
    return Array.from({ length: minItems }, () => exampleOf(items ?? {}, definitions));
  if (type === 'string') return 'a';
  if (type === 'integer' || type === 'number') return found.minimum ?? 0;
  const members = required.map((key) => [key, exampleOf(properties[key] ?? {}, definitions)]);
  return Object.fromEntries(members);
}
