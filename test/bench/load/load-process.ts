/** The generator of load, in a process of its own: carries out orders, one after the other. */
import { collect, generateLoad } from './generate-load.ts';
import type { CollectOrder, LoadOrder } from './orders.ts';

process.on('message', async (order: CollectOrder | LoadOrder) => {
  process.send?.(order.kind === 'collect' ? await collect(order) : await generateLoad(order));
});
process.on('disconnect', () => process.exit());
process.send?.({});
