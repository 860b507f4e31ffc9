/**
 * Compiled once for all starts, in a place as safe as the packages themselves; where it may not write it goes without. Given
 * to Node as `--import`, before the first file of TypeScript and in each thread: what strips types is then not even loaded,
 * and it takes 20 MB in each. So this is a file without any.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url)));
