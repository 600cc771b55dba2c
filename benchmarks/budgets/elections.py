"""The elections that are measured: those of the field where they lie beside the repository, and small ones by chance."""

from pathlib import Path

import numpy as np

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "pabulib"
LARGEST = ("Poland_Lodz_2022", "Poland_Wroclaw_2017")
REALLY_STEPPED = ("Netherlands_Assen_2024", "Poland_Swiecie_2023")
LONG = "Poland_Warszawa_2023_Bemowo"


def of_the_field(*names: str) -> list[Path]:
    """The files by name, all of them if none is named; only those that are there."""
    wanted = [SHARED / f"{name}.pb" for name in names] or sorted(SHARED.glob("*.pb"))
    return [path for path in wanted if path.exists()]


def by_chance(folder: Path, number: int) -> list[Path]:
    """Elections of 10 to 40 voters and 3 to 9 projects. Costs are few round numbers, so that there are many ties.

    Somebody asks for every project: the peer's Phragmén also funds what nobody asked for.
    """
    paths = []
    for seed in range(number):
        path = folder / f"chance_{seed}.pb"
        path.write_text(written(np.random.default_rng([seed, number])), "utf-8")
        paths.append(path)
    return paths


def written(rng: np.random.Generator) -> str:
    people, projects = int(rng.integers(10, 41)), int(rng.integers(3, 10))
    costs = rng.integers(1, 13, projects) * 100
    budget = int(max(costs.min(), costs.sum() * rng.uniform(0.2, 0.7)))
    wanted = rng.uniform(0.1, 0.9, projects)
    rows = ["META", "key;value", f"budget;{budget}", "vote_type;approval"]
    rows += ["PROJECTS", "project_id;cost"]
    rows += [f"p{at};{cost}" for at, cost in enumerate(costs)]
    rows += ["VOTES", "voter_id;vote"]
    for voter in range(people):
        chosen = rng.random(projects) < wanted
        chosen[voter % projects] |= voter < projects
        if chosen.any():
            rows.append(f"{voter};{','.join(f'p{at}' for at in np.flatnonzero(chosen))}")
    return "\n".join(rows) + "\n"
