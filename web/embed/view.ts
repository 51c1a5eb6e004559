// The script view.js: it defines the element <synthgen-view>.
export { SynthgenView } from './element';
