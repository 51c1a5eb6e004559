// The worker of views. It is told where the module is, because bundlers copy this file as it is but
// rename the module.

import { serveLive } from '../src/worker/serve_live';

declare const synthgenModule: string;

serveLive(synthgenModule);
