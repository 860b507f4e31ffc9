/**
 * What a program that a test starts is given of the environment, beside what the test says: what a shell would have, and
 * where Node keeps what it has compiled, so that it need not compile our packages at each start.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, LANG, NODE_COMPILE_CACHE } = process.env;
  return { PATH, LANG, NODE_COMPILE_CACHE };
}
