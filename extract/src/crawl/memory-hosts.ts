// For the tests that still ask for them here.
export { processHosts as memoryHosts } from './process-hosts.ts';
export { scriptedTransport, skippingTime, type Scripted } from './reading-fixture.ts';
