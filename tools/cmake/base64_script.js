// node base64_script.js FILE SCRIPT: writes a module whose default export is the file's bytes in base64.

import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const [file, script] = process.argv.slice(2);
writeFileSync(script, `export default '${readFileSync(file, 'base64')}';\n`);
