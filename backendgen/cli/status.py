from backendgen.cli.changing import here
from backendgen.cli.parse import Run
from backendgen.project import standing


def status(run: Run) -> int:
    """Say what is pending: changes of backendgen.yaml, newer templates, edited files."""
    report = run.report
    with here(run) as project, report.progress("Comparing"):
        found = standing(project)
    report.record(
        command="status",
        name=project.spec.name,
        framework=project.spec.framework,
        database=project.spec.database,
        auth=project.spec.auth,
        template=project.template.version,
        installed=found.installed,
        pending=found.pending,
        edited=found.edited,
        deleted=found.deleted,
    )
    spec = project.spec
    report.answer(f"{spec.name}: {spec.framework}, {spec.database}, auth {spec.auth}")
    report.answer(f"{project.root}, templates {project.template.version}")
    report.listed("You edited:", found.edited)
    report.listed("You deleted:", found.deleted)
    report.listed("Pending in backendgen.yaml:", found.pending)
    if found.pending:
        report.commands("Next:", ["backendgen diff", "backendgen apply"])
    if found.installed != project.template.version:
        report.commands(f"Templates {found.installed} are installed:", ["backendgen update"])
    return 0
