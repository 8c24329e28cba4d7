"""Fixtures for every test of the tree, wherever it stands."""

pytest_plugins = ["tests.harness.data", "tests.harness.nodes", "tests.harness.browser"]
