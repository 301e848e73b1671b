"""What an import did, or would do, as plain values: for programs, and to be kept."""

from dataclasses import asdict
from typing import Any

from app.articles.exchange.plan import ImportPlan


def as_json(plan: ImportPlan) -> dict[str, Any]:
    """All of it: articles, files, what went into quarantine, and what was not understood."""
    return {
        "source": plan.source,
        "format": plan.dialect,
        "counts": dict(plan.counts),
        "articles": [
            {"id": each.id, "what": each.what, "path": each.path, "source": each.page.source}
            for each in plan.incoming
        ],
        "files": sorted(plan.files),
        "quarantine": [
            {"path": path, "reason": why, "bytes": len(data)}
            for path, (data, why) in sorted(plan.held.items())
        ],
        "faults": [asdict(fault) | {"kind": fault.kind} for fault in plan.faults],
    }
