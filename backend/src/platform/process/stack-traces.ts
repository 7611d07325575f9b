import { setSourceMapsSupport } from 'node:module';

/**
 * Stack traces of this thread name the lines of our sources from here on: of the modules that are loaded afterwards, so whatever is
 * imported statically is left out. Node's own flag would also read the maps of all packages, with the sources in them, in every
 * thread: 20 to 30 MB and a tenth of a second in each process.
 */
export function nameSourcesInStackTraces(): void {
  setSourceMapsSupport(true);
}
