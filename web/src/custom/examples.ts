import customData from '../../examples/custom_data_generator.js?raw';
import templateData from '../../examples/template_data_generator.js?raw';

export interface Example {
  name: string;
  code: string;
}

/** What the code panel starts with. */
export const firstExample: Example = { name: 'CustomDataGenerator', code: customData };

export const examples: readonly Example[] = [
  firstExample,
  { name: 'TemplateDataGenerator', code: templateData },
];

export function exampleOf(code: string): Example | undefined {
  return examples.find((example) => example.code === code);
}
