"""Jobs: rows written in the transaction of the fact, performed later by the worker."""

from app.core.jobs.declare import batch_job, job
from app.core.jobs.schedule import daily, every

__all__ = ["batch_job", "daily", "every", "job"]
