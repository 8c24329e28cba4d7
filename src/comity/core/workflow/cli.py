"""`comity worker` and `comity jobs`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from typing import Any


def add_commands(subparsers: Any) -> None:
    """Adds the two commands."""
    worker = subparsers.add_parser("worker", help="do background work until stopped")
    worker.add_argument("--once", action="store_true", help="stop when there is nothing left to do")
    worker.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    worker.set_defaults(run=_worker)
    jobs = subparsers.add_parser("jobs", help="see, start and cancel background work")
    jobs.add_argument("--json", action="store_true")
    jobs.set_defaults(run=_list)
    verbs = jobs.add_subparsers(dest="verb")
    cancel = verbs.add_parser("cancel", help="cancel one")
    cancel.add_argument("number", type=int)
    cancel.set_defaults(run=_cancel)
    start = verbs.add_parser("start", help="queue a job that a module declares")
    start.add_argument("name")
    start.add_argument("--arguments", default="{}", help="a JSON object")
    start.set_defaults(run=_start)


def _worker(options: argparse.Namespace) -> int:
    from comity.core.workflow.worker import Worker

    Worker(parent=options.parent).run(until_idle=options.once)
    return 0


def _list(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.workflow import selectors

    actor = system(getpass.getuser())
    rows = [
        {
            "number": job.pk,
            "name": job.name,
            "state": job.state,
            "done": job.done_steps,
            "total": job.total_steps,
            "actor": job.actor,
            "message": job.message,
            "error": job.error,
            "created": job.created_at.isoformat(),
        }
        for job in selectors.jobs(actor)[:50]
    ]
    stuck = [
        {"number": m.pk, "topic": m.topic, "attempts": m.attempts, "error": m.last_error}
        for m in selectors.stuck_effects(actor)[:50]
    ]
    if options.json:
        print(json.dumps({"jobs": rows, "stuck_effects": stuck}, ensure_ascii=False))
        return 0
    for row in rows:
        steps = f" {row['done']}/{row['total']}" if row["total"] else ""
        told = f"{row['number']:>6} {row['state']:<9}{steps} {row['name']} by {row['actor']} {row['error']}"
        print(told.rstrip())
    for row in stuck:
        print(f"effect {row['number']} {row['topic']}: tried {row['attempts']} times, {row['error']}")
    if not rows and not stuck:
        print("No background work yet.")
    return 0


def _cancel(options: argparse.Namespace) -> int:
    from django.http import Http404

    from comity.core.actions.actor import system
    from comity.core.workflow import selectors, services

    actor = system(getpass.getuser())
    try:
        job = services.cancel(actor, job=selectors.job(actor, options.number))
    except Http404:
        print(f"comity: there is no job {options.number}; `comity jobs` lists them.", file=sys.stderr)
        return 2
    print(f"Job {job.pk}: {'stops at its next step' if job.state == 'running' else job.state}.")
    return 0


def _start(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.workflow import services

    try:
        arguments = json.loads(options.arguments)
        if not isinstance(arguments, dict):
            raise ValueError("--arguments must be a JSON object")
        job = services.enqueue(system(getpass.getuser()), name=options.name, arguments=arguments)
    except ValueError as error:
        print(f"comity: {error}", file=sys.stderr)
        return 2
    print(f"Job {job.pk} waits.")
    return 0
