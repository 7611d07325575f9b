import { setFlagsFromString } from 'node:v8';

/**
 * When a process has little to do, V8 gives back what its start has left behind. It does so in one collection that moves everything
 * together while all else waits: 33 to 41 ms after four starts, three of them beside two busy processes. As an ordinary collection it
 * took 7 in one run, and some megabytes are not given back. (The whole of it can be switched off on the command line only.)
 */
export function keepPausesShort(): void {
  setFlagsFromString('--no-memory-reducer-favors-memory');
}
