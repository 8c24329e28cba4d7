"""What every module declares is there."""

from __future__ import annotations

import argparse
from pathlib import Path

from comity.core.module import ModuleConfig
from tests.modules.conftest import MODULES


def test_every_module_has_a_manifest_of_its_own_name(module: ModuleConfig, folder: Path, module_name: str) -> None:
    assert isinstance(module, ModuleConfig)
    assert (module.label, module.name) == (module_name, f"comity.modules.{module_name}")
    assert (folder / "apps.py").is_file()
    assert module.verbose_name


def test_what_it_needs_exists_and_has_a_door(module: ModuleConfig, module_name: str, folder: Path) -> None:
    assert set(module.needs) <= set(MODULES) - {module_name}
    assert all((folder.parent / name / "public.py").is_file() for name in module.needs)
    assert all(MODULES.index(name) < MODULES.index(module_name) for name in module.needs)


def test_commands_explain_themselves_and_can_run(module: ModuleConfig) -> None:
    parser = argparse.ArgumentParser()
    module.commands(parser.add_subparsers())
    for path, command in leaves(parser):
        assert callable(command.get_default("run")), f"comity {path}: no `run`"
        assert command.format_help()


def leaves(parser: argparse.ArgumentParser, path: str = "") -> list[tuple[str, argparse.ArgumentParser]]:
    """Returns the commands without sub-commands, with the words that lead to each."""
    nested = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not nested:
        return [(path, parser)]
    return [
        leaf for action in nested for name, child in action.choices.items() for leaf in leaves(child, f"{path} {name}")
    ]


def test_names_of_jobs_effects_and_schedules_belong_to_the_module(module: ModuleConfig, module_name: str) -> None:
    jobs = module.jobs()
    assert all(name.startswith(f"{module_name}:") and callable(job) for name, job in jobs.items())
    assert all(name.startswith(f"{module_name}:") for name in module.effects())
    assert all(schedule.job in jobs and schedule.every > 0 for schedule in module.schedules())


def test_exportable_tables_are_described(module: ModuleConfig) -> None:
    assert all(name and words for name, words in module.export_tables().items())
