"""Linear and whole-number programmes, solved by HiGHS, the same way every time: one thread, one seed, no clock."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput

# A bound in steps, not in seconds, so that another machine comes to the same answer.
MOST_NODES = 20_000
EXACT = 1e-9


@dataclass(frozen=True, eq=False)
class Rows:
    """Sums of variables between two bounds. Sparse: row r has `weights[starts[r]:starts[r + 1]]` at `columns[…]`."""

    starts: Ints
    columns: Ints
    weights: Floats
    least: Floats
    most: Floats

    def __len__(self) -> int:
        return len(self.least)

    def sums(self, values: Floats) -> Floats:
        """What each row comes to; no row is empty."""
        if not len(self):
            return np.zeros(0)
        found: Floats = np.add.reduceat(self.weights * values[self.columns], self.starts[:-1])
        return found


@dataclass(frozen=True, eq=False)
class Solution:
    """`values` of the variables, the `prices` (duals) of the rows, the `slopes` of the variables (what one more of it
    would bring beyond its price), what is reached, and a bound on what can be. Whole numbers have no prices."""

    values: Floats
    prices: Floats
    slopes: Floats
    reached: float
    bound: float


def make_rows(parts: list[tuple[Ints, Floats, float, float]]) -> Rows:
    """Rows from (columns, weights, least, most)."""
    starts = np.cumsum([0, *(len(part[0]) for part in parts)], dtype=np.int64)
    columns = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    weights = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0)
    least, most = (np.array([part[i] for part in parts], dtype=np.float64) for i in (2, 3))
    return Rows(starts, columns.astype(np.int64), weights.astype(np.float64), least, most)


def join(*blocks: Rows) -> Rows:
    """Rows one after the other."""
    ends = np.cumsum([0, *(len(block.columns) for block in blocks)])
    starts = [block.starts[:-1] + end for block, end in zip(blocks, ends, strict=False)]
    return Rows(
        np.concatenate([*starts, ends[-1:]]).astype(np.int64),
        *(
            np.concatenate([getattr(block, name) for block in blocks])
            for name in ("columns", "weights", "least", "most")
        ),
    )


def maximise(
    gain: Floats, rows: Rows, least: Floats, most: Floats, whole: bool = False, slack: float = 0.0
) -> Solution | None:
    """The best values within the bounds, None where there are none. `whole`: whole numbers only, then `slack` is how
    far from the best is near enough. Raises BadInput `too_hard` where HiGHS stops at its bound of steps."""
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 1}
    if not whole:
        options |= {"primal_feasibility_tolerance": EXACT, "dual_feasibility_tolerance": EXACT}
    options |= {"mip_max_nodes": MOST_NODES, "mip_rel_gap": slack, "mip_abs_gap": 1e-6 + slack}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(gain), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = gain, least, most
    model.row_lower_, model.row_upper_ = rows.least, rows.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.starts.astype(np.int32)
    model.a_matrix_.index_ = rows.columns.astype(np.int32)
    model.a_matrix_.value_ = rows.weights
    model.sense_ = highspy.ObjSense.kMaximize
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(gain)
    solver.passModel(model)
    solver.run()
    return read_solution(solver, whole)


def read_solution(solver: Any, whole: bool) -> Solution | None:
    import highspy

    status = solver.getModelStatus()
    good = highspy.HighsModelStatus
    if status in (good.kInfeasible, good.kUnboundedOrInfeasible):
        return None
    info, found = solver.getInfo(), solver.getSolution()
    if status != good.kOptimal and not (whole and status == good.kSolutionLimit and found.value_valid):
        raise BadInput("too_hard", nodes=MOST_NODES)
    values = np.array(found.col_value)
    reached = float(info.objective_function_value)
    if whole:
        return Solution(np.round(values), np.zeros(0), np.zeros(0), reached, float(info.mip_dual_bound))
    return Solution(values, np.array(found.row_dual), np.array(found.col_dual), reached, reached)
