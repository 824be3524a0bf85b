from backendgen.cli.changing import conclude, here
from backendgen.cli.parse import Run
from backendgen.project import propose_change


def apply(run: Run) -> int:
    """Bring the code to backendgen.yaml.

    Edit backendgen.yaml, see with `backendgen diff` what would happen, then apply. Your edits of
    generated files are kept; where you and the change touched the same lines, the file gets
    conflict markers, and the exit code is 3.
    """
    with here(run) as project:
        with run.report.progress("Rendering and merging"):
            proposal = propose_change(project, "apply")
        return conclude(run, proposal)
