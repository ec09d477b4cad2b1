import { CancelStepsCommand, EMRClient, ListStepsCommand } from '@aws-sdk/client-emr';
import { mockClient } from 'aws-sdk-client-mock';
import { cancelStep } from './cancel-step.ts';

const emr = mockClient(EMRClient);
const event = { batch: '20261120T050000Z', clusterId: 'j-1' };
const cancel = () => cancelStep(event, { emr: new EMRClient({ region: 'x' }) });

beforeEach(() => {
  emr.reset();
  emr.onAnyCommand().rejects(new Error('unexpected call'));
});

it('cancels what waits or runs of the batch, on every page, and nothing of others', async () => {
  emr
    .on(ListStepsCommand, { ClusterId: 'j-1', StepStates: ['PENDING', 'RUNNING'] })
    .resolvesOnce({ Steps: [{ Id: 's-OTHER', Name: 'hotpost-20261120T043000Z' }], Marker: 'more' })
    .resolvesOnce({ Steps: [{ Id: 's-OURS', Name: 'hotpost-20261120T050000Z' }] });
  emr.on(CancelStepsCommand, { ClusterId: 'j-1', StepIds: ['s-OURS'], StepCancellationOption: 'TERMINATE_PROCESS' }).resolves({});

  expect(await cancel()).toEqual({ cancelled: 1 });
});

it('cancels nothing when the step has ended meanwhile', async () => {
  emr.on(ListStepsCommand).resolves({ Steps: [] });

  expect(await cancel()).toEqual({ cancelled: 0 });
  expect(emr.commandCalls(CancelStepsCommand)).toHaveLength(0);
});
