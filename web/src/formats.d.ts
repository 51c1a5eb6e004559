declare module 'virtual:formats' {
  import type { Format } from 'synthgen';

  /** The formats that the core knows. */
  const formats: Format[];
  export default formats;
}
