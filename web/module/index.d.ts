export * from './types/analysis.js';
export * from './types/curricula.js';
export * from './types/custom_generators.js';
export * from './types/datasets.js';
export * from './types/descriptions.js';
export * from './types/predictors.js';
export * from './types/structure.js';
export * from './types/synthgen.js';
