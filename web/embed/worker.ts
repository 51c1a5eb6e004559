// The worker of views. It is told where the modules are, because bundlers copy this file as it is but
// rename the modules.

import { serveLive } from '../src/worker/serve_live';

declare const synthgenModules: { live: string; tasks: string };

serveLive(synthgenModules);
