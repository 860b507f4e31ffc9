/** What a person who has just started the graph is told. */
import { DEMO_SCHOOLS } from '../../subgraphs/kernel/demo/schools.ts';
import { DEMO_STAFF } from '../../subgraphs/kernel/demo/staff.ts';
import { DEFAULT_DATA_DIR } from '../../subgraphs/kernel/process/settings.ts';
import type { Config } from '../config.ts';
import type { IntrospectionAudience } from '../policy/introspection.ts';

interface Welcome {
  /** The port that it listens on. */
  port: number;
  config: Pick<Config, 'dataDir'>;
  isDemo: boolean;
  /** Who may ask for the schema: what shows it is a page for them alone. */
  introspection: IntrospectionAudience;
  notes: readonly string[];
}

/** Ends with the line that says it is ready, and nothing comes after it. */
export function welcome({ port, config, isDemo, introspection, notes }: Welcome): string {
  const lines = [...notes.map((note) => `Note: ${note}`), ''];
  if (isDemo) lines.push(...demoUsers(config.dataDir), '');
  else lines.push('The database holds data that is not a demo’s: no demo data, and no tokens for the asking.', '');
  lines.push(...pages(`http://localhost:${port}`, isDemo, introspection), '');
  lines.push(`Schoolgraph is ready: http://localhost:${port}/graphql`);
  return lines.join('\n').trimStart();
}

/** Those that the schema is shown to; the matrix is the same for everybody. */
const pages = (origin: string, isDemo: boolean, introspection: IntrospectionAudience): string[] => [
  'In a browser:',
  ...(introspection === 'nobody'
    ? []
    : [`  ${origin}/sandbox        operations to run${isDemo ? ', signed in as one of them' : ''}`]),
  ...(introspection === 'everybody' ? [`  ${origin}/sandbox/graph  a picture of the graph`] : []),
  `  ${origin}/guest-access   what a teaching school sees of a guest, to read and print`,
];

function demoUsers(dataDir: string): string[] {
  const width = Math.max(...DEMO_STAFF.map(({ email }) => email.length));
  const schools = new Map<string, string>(DEMO_SCHOOLS.map(({ urn, name }) => [urn, name]));
  return [
    'The demo’s people, all invented:',
    ...DEMO_STAFF.map(({ email, role, school }) => {
      const place = school === null ? '' : ` at ${schools.get(school)}`;
      return `  ${email.padEnd(width)}  ${role}${place}`;
    }),
    'A token to call the graph as one of them:',
    `  ${dataDir === DEFAULT_DATA_DIR ? '' : `DATA_DIR='${dataDir}' `}npm run --silent token -- data-lead@birchwood.example`,
  ];
}
