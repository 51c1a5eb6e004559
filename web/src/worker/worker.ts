// The worker of the live page, with the module that has what the page shows.

import wasmUrl from 'synthgen/live.wasm?url';

import { serveLive } from './serve_live';

serveLive(wasmUrl, (module) => module.useVectors());
