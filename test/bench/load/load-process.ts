/** The generator of load, in a process of its own: carries out orders, one after the other. */
import type { Connection } from './connection.ts';
import { collect, generateLoad } from './generate-load.ts';
import type { CollectOrder, LoadOrder } from './orders.ts';

const kept: Connection[] = [];
process.on('message', async (order: CollectOrder | LoadOrder) => {
  process.send?.(order.kind === 'collect' ? await collect(order) : await generateLoad(order, kept));
});
process.on('disconnect', () => process.exit());
process.send?.({});
