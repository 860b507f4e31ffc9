/** One connection on which one request is under way at a time. */
import { connect, type Socket } from 'node:net';
import { createMessageReader, type Message } from './message-reader.ts';

export interface Connection {
  isBusy: boolean;
  /** The answer, or what became of the connection instead. */
  send(request: Buffer, answered: (answer: Message | Error) => void): void;
  close(): void;
}

export function openConnection(port: number): Connection {
  let answered: ((answer: Message | Error) => void) | null = null;
  let socket: Socket | null = null;
  const settle = (answer: Message | Error): void => {
    const tell = answered;
    answered = null;
    connection.isBusy = false;
    tell?.(answer);
  };
  const open = (): Socket => {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true });
    opened.on('data', createMessageReader(settle));
    opened.on('error', () => opened.destroy());
    opened.on('close', () => {
      if (socket !== opened) return;
      socket = null;
      settle(new Error('The connection was closed.'));
    });
    return opened;
  };
  const connection: Connection = {
    isBusy: false,
    send(request, tell) {
      connection.isBusy = true;
      answered = tell;
      socket ??= open();
      socket.write(request);
    },
    close: () => socket?.destroy(),
  };
  return connection;
}

/** "200". */
export const statusOf = ({ head }: Message): string => head.split(' ', 2)[1] ?? '';
