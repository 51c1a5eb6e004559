import { viewBuild } from './embed/build.ts';

/** The element <synthgen-view> for the npm package, into build/view. */
export default viewBuild('package');
