/**
 * The least that Node can do for an operation of one call: bytes from socket to socket, nothing checked. It is no HTTP server
 * that anybody could use: it takes each chunk for one whole message, and trusts both sides.
 */
import { connect, createServer, type Socket } from 'node:net';

const { students = '' } = JSON.parse(process.env.SUBGRAPH_URLS ?? '{}') as Record<string, string>;
const subgraph = new URL(students);

const QUERY =
  'query ($id: ID!) { student(id: $id) { id name yearGroup form born sessionsPossible attendance isGuest languages contacts { priority name relationship phone email } } }';
const CALL = `POST ${subgraph.pathname} HTTP/1.1\r\nhost: ${subgraph.host}\r\ncontent-type: application/json\r\ncontent-length: `;
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ';

const END = '\r\n\r\n';

interface Line {
  socket: Socket;
  answered: (body: Buffer) => void;
}

const idle: Line[] = [];

function openLine(): Line {
  const socket = connect({ host: subgraph.hostname, port: Number(subgraph.port), noDelay: true });
  const line: Line = { socket, answered() {} };
  socket.on('data', (bytes) => {
    idle.push(line);
    line.answered(bytes.subarray(bytes.indexOf(END) + END.length));
  });
  return line;
}

const server = createServer({ noDelay: true }, (client) => {
  client.on('error', () => {});
  client.on('data', (bytes) => {
    const { variables } = JSON.parse(bytes.toString('utf8', bytes.indexOf(END) + END.length)) as {
      variables: { id: string };
    };
    const body = JSON.stringify({ query: QUERY, variables });
    const line = idle.pop() ?? openLine();
    line.answered = (answer) => {
      client.cork();
      client.write(`${ANSWER}${answer.length}${END}`, 'latin1');
      client.write(answer);
      client.uncork();
    };
    line.socket.write(`${CALL}${body.length}${END}${body}`, 'latin1');
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready: ${typeof address === 'object' ? address?.port : address}`);
});
