-- What became of this batch's lines; those of other batches are never touched.
merge into community.outcome
using batch_outcome
    on community.outcome.batch = batch_outcome.batch
    and community.outcome.kind = batch_outcome.kind
    and community.outcome.outcome = batch_outcome.outcome
when matched then update set
    lines = batch_outcome.lines
when not matched then insert (
    batch,
    kind,
    outcome,
    lines
) values (
    batch_outcome.batch,
    batch_outcome.kind,
    batch_outcome.outcome,
    batch_outcome.lines
);
