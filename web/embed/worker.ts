// The worker of views. It is told where the module is: bundlers copy this file as it is, and give the
// module another name.

import { serveLive } from '../src/worker/serve_live';

declare const synthgenModule: string;

serveLive(synthgenModule);
