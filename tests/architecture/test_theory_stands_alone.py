"""The theory can be read, imported and trusted without the rest of the project."""

import ast
import subprocess
import sys
from pathlib import Path

import simulation

ROOT = Path(simulation.__file__).parent
HEAVY = ["matplotlib", "mesa", "networkx", "pandas", "pyarrow", "pydantic", "rich", "scipy", "typer"]


def imported_names(file: Path) -> set[str]:
    """Absolute names of the modules a file imports, wherever in the file it does so."""
    package = ("simulation", *file.relative_to(ROOT).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            names.add(".".join(part for part in (base, node.module) if part))
    return names


def test_theory_imports_nothing_else_of_the_project():
    # The import contracts cannot say this of the package's own face, `from simulation import …`.
    files = sorted((ROOT / "theory").rglob("*.py"))
    assert files
    for file in files:
        outside = {
            name
            for name in imported_names(file)
            if name.split(".")[0] == "simulation" and name.split(".")[:2] != ["simulation", "theory"]
        }
        assert not outside, f"{file.relative_to(ROOT.parent)} imports {', '.join(sorted(outside))}"


def test_importing_the_theory_loads_no_models_tables_or_pictures():
    # In a fresh Python, so that it also sees what `simulation/__init__.py` brings along.
    script = f"import sys, simulation.theory; print(*[name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
