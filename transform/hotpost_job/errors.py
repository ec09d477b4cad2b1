"""The one error that the job raises on purpose."""


class JobError(Exception):
    """The batch cannot be processed. The message names the batch or object, the figures, and what to do."""
