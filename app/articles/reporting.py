"""Faults as lines: for people, for programs, for the checks of GitHub."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import click

from app.articles.files.fault import Fault

FORMATS = ("text", "json", "github")


def report(faults: Iterable[Fault], *, root: Path, shape: str = "text") -> None:
    """Print the faults with paths that can be opened from here: a text on the error stream."""
    shown = [replace(fault, path=os.path.relpath(root / fault.path)) for fault in faults]
    match shape:
        case "json":
            found = [asdict(fault) | {"kind": fault.kind} for fault in shown]
            click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        case "github":
            for fault in shown:
                click.echo(_as_annotation(fault))
        case _:
            for fault in shown:
                click.echo(str(fault), err=True)


def _as_annotation(fault: Fault) -> str:
    """A workflow command (docs.github.com: "Workflow commands for GitHub Actions")."""
    place = f"file={_property(fault.path)},line={fault.line},col={fault.column}"
    return f"::{fault.kind} {place},title={fault.code}::{_data(fault.sentence)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
