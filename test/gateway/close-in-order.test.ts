import { expect, it } from 'vitest';
import { closeInOrder } from '../../gateway/close-in-order.ts';

it('what is closed after something that cannot be is closed all the same, and the error is told', async () => {
  const closed: string[] = [];
  const close = (name: string) => async () => void closed.push(name);
  const failing = async () => {
    closed.push('failing');
    throw new Error('not closed');
  };
  await expect(closeInOrder(close('first'), failing, close('last'))).rejects.toThrow('not closed');
  expect(closed).toEqual(['first', 'failing', 'last']);
});
