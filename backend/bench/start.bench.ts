import { dataFolder, Launched } from '../test/workspace/launched.js';
import { type Figure, timed } from './figure.js';

/** What `npm start` waits for once everything is built: the first time on an empty data folder, then again on the same. */
export async function start(): Promise<Figure[]> {
  const folder = dataFolder();
  const seconds: number[] = [];
  for (let round = 0; round < 2; round++) {
    let launched: Launched | undefined;
    seconds.push((await timed(async () => (launched = await Launched.start(folder)))) / 1_000);
    if (round === 0) await launched?.end();
    else await launched?.remove();
  }
  const [first = NaN, second = NaN] = seconds;
  return [
    {
      what: 'second start',
      value: second,
      unit: 's',
      reference: { what: 'the first, on an empty folder', value: first },
    },
  ];
}
