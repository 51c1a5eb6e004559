// The worker of the live page, with the module that has what the page shows.

import liveUrl from 'synthgen/live.wasm?url';
import tasksUrl from 'synthgen/tasks.wasm?url';

import { serveLive } from './serve_live';

serveLive({ live: liveUrl, tasks: tasksUrl }, true);
