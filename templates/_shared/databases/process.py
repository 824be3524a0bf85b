
def unprivileged_user(base: Path) -> str | None:
    """Who runs the server: database servers refuse to run as root."""
    if os.geteuid() != 0:
        return None
    shutil.chown(base, "nobody")
    return "nobody"


def run(command: list[str | Path], user: str | None) -> None:
    process = start(command, user)
    if code := process.wait():
        raise subprocess.CalledProcessError(code, command)


def start(command: list[str | Path], user: str | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
