from backendgen.cli.changing import LEFT_FOR_A_PERSON, here
from backendgen.cli.parse import Run
from backendgen.project import drift


def check(run: Run) -> int:
    """Exit 3 when backendgen.yaml, the code and the migrations differ; for continuous integration.

    Your own edits are no drift. Told are: changes of backendgen.yaml that are not applied, conflict
    markers that are left, generated code that is gone, migrations that do not form one chain or
    that leave out a table.
    """
    with here(run) as project, run.report.progress("Comparing"):
        found = drift(project)
    run.report.record(command="check", drift=[row._asdict() for row in found])
    for row in found:
        run.report.insist(f"{row.where}: {row.sentence}")
    if found:
        return LEFT_FOR_A_PERSON
    run.report.say("spec, code and migrations agree", style="green")
    return 0
